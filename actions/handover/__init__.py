"""Handing a shift over: what was done, what is left, and two signatures."""
