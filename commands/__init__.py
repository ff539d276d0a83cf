"""What the command line does, each command a function that prints through its context."""
