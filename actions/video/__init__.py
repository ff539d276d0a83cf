"""Video calls from the field to the command centre: who may call, and the register of calls."""
