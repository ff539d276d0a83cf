"""Opens sessions on a stopped app's store, as its sign-in page and device links would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright._impl._api_structures import SetCookieParam

from actions.users.session_state import csrf_token
from actions.users.sessions import Sessions
from data.store import Store

ROLES = ("duty_officer", "grid_worker", "secretary", "subdistrict", "privacy", "admin", "wall")
Cookies = dict[str, str]


def open_sessions(
    database: Path, community_id: str, roles: tuple[str, ...] = ROLES
) -> dict[str, Cookies]:
    """Make an account of each role and return the cookies of its browser, by role.

    Args:
        database: File of the store; no app may have it open.
        community_id: The community they belong to.
        roles: Roles of accounts; "wall" is a device link.
    """
    store = Store.open(f"duckdb:{database}")
    sessions = Sessions(store)
    try:
        return {role: open_session(store, sessions, role, community_id) for role in roles}
    finally:
        sessions.close()
        store.close()


def open_session(
    store: Store, sessions: Sessions, role: str, community_id: str, holder_id: str | None = None
) -> Cookies:
    """Make one account, or device link for the role "wall", and return its browser's cookies."""
    kind = "kiosk" if role == "wall" else "account"
    holder_id = holder_id or f"{role}-{community_id}"
    facts: dict[str, Any] = {
        "event_kind": "created",
        "actor": "cli",
        "community_id": community_id,
        f"{kind}_id": holder_id,
    }
    if kind == "kiosk":
        facts |= {"label": "hall", "secret_hash": "none"}
    else:
        facts |= {"login": holder_id, "role": role}
    store.write(lambda tx: tx.append(kind, [{**facts, "happened_at": tx.now}])).result()
    if kind == "kiosk":
        opened = sessions.open_kiosk(holder_id)
    else:
        opened = sessions.open_account(holder_id, "password")
    return _cookies(opened.token)


def sign_in(sessions: Sessions, account_id: str) -> Cookies:
    """Return the cookies of a browser in which an account that exists is signed in."""
    return _cookies(sessions.open_account(account_id, "password").token)


def _cookies(token: str) -> Cookies:
    return {"yiping_session": token, "_csrf_token": csrf_token(token)}


def browser_cookies(cookies: Cookies) -> list[SetCookieParam]:
    """Return cookies as Playwright takes them; a browser shows them to every port."""
    return [
        {"name": name, "value": value, "url": "http://127.0.0.1"} for name, value in cookies.items()
    ]
