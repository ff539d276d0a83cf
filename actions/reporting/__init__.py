"""Reports from phones: taken once, followed by a private link, answered and rated."""
