"""Gives the scripts that stand in a page's own HTML the word by which the browser knows them.

ADR 0015: the Content-Security-Policy of each answer names a word made for it alone; a script that
somebody else got into the page does not know it and does not run.
"""

from __future__ import annotations

import re
from contextvars import ContextVar

# Set per request by api/security_headers.py, read where the page's HTML is made.
current_nonce: ContextVar[str] = ContextVar("current_nonce", default="")

_SCRIPT = re.compile(r"<script\b(?![^>]*\bnonce=)")


def with_nonce(scripts: str) -> str:
    """Mark every script tag in HTML that we or Dash wrote; never call it on anything else."""
    nonce = current_nonce.get()
    return _SCRIPT.sub(f'<script nonce="{nonce}"', scripts) if nonce else scripts
