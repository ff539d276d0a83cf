"""Puts the Dash pages on the web server that answers everything else (ADR 0006)."""

from __future__ import annotations

import asyncio
import hashlib
import inspect
from pathlib import Path
from typing import Any

import dash

from components.frame import Shell, install_frame


def mount_pages(server: Any, shell: Shell, root: Path) -> dash.Dash:
    """Register every page of `root`/pages and every file of `root`/assets on the server."""
    site = dash.Dash(
        "yiping",
        server=server,
        use_pages=True,
        pages_folder=str(root / "pages"),
        assets_folder=str(root / "assets"),
        title="一屏 Yiping",
        update_title="",
        suppress_callback_exceptions=True,
        websocket_inactivity_timeout=0,  # no callback uses Dash's own socket
    )
    install_frame(site, shell)
    site.layout = dash.page_container
    # What Dash leaves to the first request: without it, reconnecting clients are refused and the
    # first page opened lacks the script of its own page switch.
    asyncio.run(_complete(site.backend))
    return site


async def _complete(backend: Any) -> None:
    for step in backend._before_request_funcs:
        outcome = step()
        if inspect.isawaitable(outcome):
            await outcome


def build_id(root: Path) -> str:
    """Hash of our scripts and styles: an open wall reloads itself once when they have changed."""
    digest = hashlib.sha256()
    for file in sorted((*(root / "assets").glob("*.js"), *(root / "assets").glob("*.css"))):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
