"""Composes settings, store, sources, feed, API and pages into one process and serves it."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any, Protocol

from fastapi import FastAPI

from actions.access import communities
from actions.cases.limits import limits_of
from actions.clock import Clock
from actions.roster.following import RosterClock
from actions.users.sessions import Sessions
from actions.vault import Vault
from api.application import build
from api.camera_hub import camera_hub, follow_cameras, tried_detector
from api.server import TlsFiles, tls_files, web_server
from api.services import Services
from api.upkeep import upkeep_clock
from commands.context import Context
from commands.control import ControlServer
from commands.registry import run_command
from commands.upkeep import check_restore, run_restore
from components.frame import Shell
from components.site import build_id, mount_pages
from components.wording import text
from data.cache import PayloadCache
from data.feed import Feed
from data.store import Store
from ingest.runner import Runner
from phone.install import install as install_phone_pages
from settings import Settings, SettingsProblem

log = logging.getLogger(__name__)
ROOT = Path(__file__).parent


class _Part(Protocol):
    """Something that works beside the web server."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


def serve(settings: Settings) -> None:
    """Serve until a signal ends it; a restore asked for meanwhile starts the program anew.

    Raises:
        SettingsInvalid: The certificate cannot be used; names file and reason.
    """
    tls = tls_files(settings)
    folder = _serve(settings, Store.open(settings.store), tls)
    if folder is not None:
        for line in run_restore(settings, folder):
            log.warning(line)  # the one place that names the database moved aside
        os.execv(sys.executable, [sys.executable, *sys.argv])


def detector_problems(settings: Settings) -> list[SettingsProblem]:
    """Return why the operator's model cannot be used, after running it once on an empty picture."""
    code, name = tried_detector(settings), settings.cameras.detector_model
    words = text(f"error.{code}", "en") if code else ""
    return [SettingsProblem("settings", "cameras.detector_model", name, words)] if code else []


def _serve(settings: Settings, store: Store, tls: TlsFiles | None) -> Path | None:
    runner = Runner(store, settings)
    feed = Feed(store, runner.health, build=build_id(ROOT))
    vault = Vault.open(settings.keys, store)
    sessions = Sessions(store, settings.session.idle, settings.session.absolute)
    upkeep, roster = upkeep_clock(store, settings, tls, vault.audit), RosterClock(store)
    site = _site(
        Services(
            store,
            feed,
            runner.health,
            runner.receive,
            PayloadCache(),
            sessions,
            vault.keyring,
            vault.audit,
            settings,
            upkeep,
            camera_hub(settings),
        )
    )
    server = web_server(site, settings, tls)
    restoring: list[Path] = []

    def run(context: Context, name: str, arguments: dict[str, Any]) -> int:
        if name != "restore":
            return run_command(context, name, arguments)
        status = check_restore(context, Path(arguments["folder"]))
        if status == 0:
            restoring.append(Path(arguments["folder"]))
            server.should_exit = True
        return status

    control = ControlServer(store, settings, run, vault)
    clock = Clock(store, vault, settings.var)
    parts: list[_Part] = [control, runner, upkeep, roster, clock]
    _survive_signals()
    try:
        for part in parts:
            part.start()
        threading.Thread(target=limits_of(store).warm, daemon=True).start()
        server.run()
    finally:
        for part in (control, *reversed(parts[1:])):
            part.stop()
        sessions.close()
        vault.close()
        store.close()
    return restoring[0] if restoring else None


def _site(services: Services) -> FastAPI:
    """The routes of the API, the pages and the pictures of cameras, in one application."""
    site = build(services)
    follow_cameras(site)
    install_phone_pages(site)
    mount_pages(site, _shell(services.settings, services.store), ROOT)
    return site


def _survive_signals() -> None:
    """uvicorn raises the signal again once it has stopped; what stands below must still be done."""
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, lambda *_: None)


def _shell(settings: Settings, store: Store) -> Shell:
    def opened(asked: str) -> str:
        known = [row["community_id"] for row in communities(store)]
        if asked or settings.community in known:
            return asked if asked in known else settings.community or ""
        return next(iter(known), "")

    room = settings.wall
    return Shell(opened, build_id(ROOT), room.pixel_pitch_mm, room.distance_m)
