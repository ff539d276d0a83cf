"""Writes those pages of the documentation that would otherwise repeat the code."""
