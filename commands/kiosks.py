"""`kiosk create | list | revoke`: the device links of walls."""

from __future__ import annotations

import json

from actions.access import CLI
from actions.users.kiosks import Kiosks
from commands.context import Context
from rules.errors import RuleViolation
from settings import Settings


def run_kiosk_create(context: Context, community_id: str, label: str = "") -> int:
    """Print a new link as the only line of standard output; returns 2 where it cannot be made."""
    try:
        made = _kiosks(context).create(community_id, label)
    except RuleViolation as refusal:
        context.err(f"No link was made: {refusal}")
        return 2
    context.err("Open this link once in the wall's browser. It is shown once; it is a key:")
    context.out(address_of(context.settings) + made.path)
    return 0


def run_kiosk_list(context: Context) -> int:
    """Print one JSON line per link."""
    for row in _kiosks(context).listed():
        context.out(json.dumps(row, ensure_ascii=False, default=str))
    return 0


def run_kiosk_revoke(context: Context, kiosk_id: str) -> int:
    """Close a link at once; returns 2 where there is no such link."""
    try:
        _kiosks(context).revoke(kiosk_id)
    except RuleViolation as refusal:
        context.err(f"Nothing was revoked: {refusal}")
        return 2
    context.out(f"Link {kiosk_id} is revoked; its walls stop at once.")
    return 0


def address_of(settings: Settings) -> str:
    """Return the address people reach the app under: `public_url`, or host and port."""
    if settings.public_url:
        return settings.public_url.rstrip("/")
    scheme = "https" if settings.tls else "http"
    here = settings.host in ("0.0.0.0", "::", "localhost")
    host = "127.0.0.1" if here else settings.host
    return f"{scheme}://{f'[{host}]' if ':' in host else host}:{settings.port}"


def _kiosks(context: Context) -> Kiosks:
    return Kiosks(context.store, context.audit, CLI)
