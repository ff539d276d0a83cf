"""What this installation tells and takes as an Open311 server (ADR 0026)."""
