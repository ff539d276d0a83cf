"""Decisions without input or output: values and the time go in, verdicts come out."""
