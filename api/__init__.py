"""The HTTP and websocket interface under /api/v1."""
