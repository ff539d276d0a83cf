"""Where pictures come from, one module per kind; everything here runs in the worker process."""
