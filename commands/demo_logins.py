"""Makes one account per role for the demo community, links for wall and gate, random secrets.

They stand in `<var>/demo-logins.txt`, which only its owner may read; running the demo again shows
the same file. The demo is made up, its accounts are real: whoever knows them comes in.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from actions.access import CLI
from actions.gates.demo import GATE_ID
from actions.gates.register import GateDesk
from actions.notify.posting import Guard
from actions.users.account_drafts import AccountDraft
from actions.users.accounts import Accounts
from actions.users.kiosks import Kiosks
from actions.users.passwords import generated_password, password_hashing
from commands.context import Context
from commands.kiosks import address_of

COMMUNITY = "demo"
FILE_NAME = "demo-logins.txt"
LOGINS = {
    "duty": "duty_officer",
    "grid": "grid_worker",
    "secretary": "secretary",
    "property": "property",
    "street": "subdistrict",
    "privacy": "privacy",
    "admin": "admin",
}


def demo_logins(context: Context) -> list[str]:
    """Return the lines to show, making what is missing.

    An account that exists while its password is in no file keeps it; the line says how to set one.
    """
    file = context.settings.var / FILE_NAME
    if file.is_file():
        return file.read_text(encoding="utf-8").splitlines()
    accounts = Accounts(context.store, context.audit, CLI)
    passwords = {login: generated_password() for login in LOGINS}
    hashes = {login: password_hashing().hash(password) for login, password in passwords.items()}
    known = {row["login"] for row in accounts.listed()}
    address = address_of(context.settings)
    lines = [f"Demo accounts, made up like everything in the demo. Sign in at {address}/login"]
    for login, role in LOGINS.items():
        if login in known:
            shown = f"(made before; python cli.py user set-password {login} --keep-password)"
        else:
            areas = _first_grid(context) if role == "grid_worker" else ()
            worker = _first_worker(context, role)
            draft = AccountDraft(login, role, COMMUNITY, area_ids=areas, worker_id=worker)
            accounts.create(draft, hashes[login].result(), must_change=False)
            shown = passwords[login]
        lines.append(f"  {login:<10} {role:<13} {shown}")
    made = Kiosks(context.store, context.audit, CLI).create(COMMUNITY, "demo")
    lines.append(f"Wall, to be opened once in its browser: {address}{made.path}")
    gates = context.store.rows("gate/one", gate_id=GATE_ID)
    if any(row["removed_at"] is None for row in gates):
        lines.append(f"Tablet at the simulated gate: {address}{_gate_link(context)}")
    _write(file, lines)
    return lines


def _gate_link(context: Context) -> str:
    desk = GateDesk(context.store, context.audit, context.keyring, Guard(), CLI, COMMUNITY)
    return desk.link(GATE_ID)


def _first_grid(context: Context) -> tuple[str, ...]:
    rows: list[dict[str, Any]] = context.store.rows("account/areas", community_ids=[COMMUNITY])
    return tuple(row["area_id"] for row in rows if row["level"] == "grid")[:1]


def _first_worker(context: Context, role: str) -> str | None:
    """The worker behind an account of the field: tasks reach it, and it reports where it is."""
    rows: list[dict[str, Any]] = context.store.rows("account/workers", community_ids=[COMMUNITY])
    return next((row["worker_id"] for row in rows if row["kind"] == role), None)


def _write(file: Path, lines: list[str]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # Made with its mode, not given it later: nobody may read it in between.
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as text:
        text.write("\n".join(lines) + "\n")
