"""Cases in the hands of people: moves, clocks, tasks, history."""
