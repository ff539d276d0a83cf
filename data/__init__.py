"""The tables: one writer, many readers, and the queries that look into them."""
