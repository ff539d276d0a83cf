"""Tells people and programs outside: the outbox, its channels, and webhooks (ADR 0021)."""
