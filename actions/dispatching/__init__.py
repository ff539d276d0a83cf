"""One-click dispatch: who could go and why, and sending them in one step."""
