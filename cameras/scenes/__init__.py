"""Watches drawn scenes in pictures, never identities (ADR 0030)."""
