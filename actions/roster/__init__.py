"""The duty roster: reading, changing and importing it, and keeping the register as it says."""
