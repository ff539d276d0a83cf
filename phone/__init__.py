"""Plain pages for telephones: written on the server, one small script each, no Dash (ADR 0024)."""
