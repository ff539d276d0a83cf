"""Sources of rows: one folder each, supervised by `runner.py`."""
