"""Alarms: raised by devices and people, taken, silenced, closed, and made cases of."""
