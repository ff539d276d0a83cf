"""Cameras: sources, the hub with the newest frame of each, their health, and scenes in them."""
