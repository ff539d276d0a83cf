"""Scenes of the demo's cameras, drawn with OpenCV in the worker process."""
