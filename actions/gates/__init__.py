"""Gates with a call button: their register, their calls, and what opens them (ADR 0031)."""
