"""Puts the Dash pages on the web server that answers everything else (ADR 0006)."""

from __future__ import annotations

import hashlib
from pathlib import Path

import dash
from fastapi import FastAPI

from components.frame import Shell, install_frame


def mount_pages(server: FastAPI, shell: Shell, root: Path) -> dash.Dash:
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
    )
    install_frame(site, shell)
    site.layout = dash.page_container
    site._setup_server()  # else reconnecting clients are refused until the first request
    return site


def build_id(root: Path) -> str:
    """Hash of our scripts and styles: an open wall reloads itself once when they have changed."""
    digest = hashlib.sha256()
    for file in sorted((*(root / "assets").glob("*.js"), *(root / "assets").glob("*.css"))):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
