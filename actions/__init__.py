"""Use-cases: load, decide by the rules, append, tell."""
