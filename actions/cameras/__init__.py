"""Records of cameras, their sources for the hub, who may watch, and what is taken from them."""
