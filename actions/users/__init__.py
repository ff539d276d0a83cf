"""Accounts, their sign-in, sessions, devices and keys."""
