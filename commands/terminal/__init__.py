"""The groups of the command line, one file each: what a person types, before any work is done."""
