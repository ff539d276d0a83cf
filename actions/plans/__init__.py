"""Emergency plans: their documents, and everything that happens while one runs."""
