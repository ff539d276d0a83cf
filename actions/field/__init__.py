"""What people at work outside do from their telephones: tasks, own reports, last position."""
