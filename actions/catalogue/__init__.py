"""The catalogue of categories: reading, editing, files, and deadlines reckoned anew (ADR 0021)."""
