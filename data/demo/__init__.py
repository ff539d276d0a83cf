"""The fictional demo community: its plan, registers, case history and notices, from a seed."""
