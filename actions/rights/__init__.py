"""Rights of data subjects, legal holds, retention and erasure."""
