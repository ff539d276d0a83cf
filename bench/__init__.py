"""The benchmark: one command, every figure measured beside its yardstick, one results file."""
