"""The local, authenticated channel by which a command does its work inside the running app.

JSON lines over a loopback socket; its port and a fresh 256-bit token stand in `<var>/control.json`
with mode 600, so whoever can read that file could read the database as well (ADR 0005).
"""

from __future__ import annotations

import hmac
import json
import logging
import os
import secrets
import socket
import socketserver
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.context import Context, Output

if TYPE_CHECKING:  # a command that runs inside the app must start without loading the store
    from actions.vault import Vault
    from data.store import Store
    from settings import Settings

log = logging.getLogger(__name__)

FILE_NAME = "control.json"
CONNECT_TIMEOUT_S = 3.0
MAX_REQUEST_BYTES = 1_000_000
Runner = Callable[[Context, str, dict[str, Any]], int]


class _Wire:
    """Output of a command that runs for a client at the other end of the channel."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def out(self, text: str) -> None:
        self.send({"out": text})

    def err(self, text: str) -> None:
        self.send({"err": text})

    def progress(self, done: int, total: int | None) -> None:
        self.send({"progress": [done, total]})

    def send(self, message: dict[str, Any]) -> None:
        self._stream.write(json.dumps(message, ensure_ascii=False).encode() + b"\n")
        self._stream.flush()


class ControlServer:
    """Listens on loopback while the app runs and carries out commands with its open store."""

    def __init__(self, store: Store, settings: Settings, run: Runner, vault: Vault) -> None:
        self._token = secrets.token_hex(32)
        self._file = settings.var / FILE_NAME
        channel = self

        class Handler(socketserver.StreamRequestHandler):
            timeout = None

            def handle(self) -> None:
                channel.serve(self.rfile, self.wfile, store, settings, run, vault)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True

    def start(self) -> None:
        """Write the control file and begin to listen."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(
            {"port": self._server.server_address[1], "token": self._token, "pid": os.getpid()}
        )
        self._file.unlink(missing_ok=True)
        self._file.touch(mode=0o600, exist_ok=False)
        self._file.write_text(text)
        threading.Thread(target=self._server.serve_forever, name="control", daemon=True).start()

    def stop(self) -> None:
        """Stop listening and remove the control file."""
        self._file.unlink(missing_ok=True)
        self._server.shutdown()
        self._server.server_close()

    def serve(
        self,
        reader: Any,
        writer: Any,
        store: Store,
        settings: Settings,
        run: Runner,
        vault: Vault,
    ) -> None:
        """Answer one client: check its token, run its command, send its exit status."""
        line = reader.readline(MAX_REQUEST_BYTES)
        try:
            request = json.loads(line)
            token, command = str(request["token"]), str(request["command"])
            arguments = dict(request["arguments"])
        except (ValueError, KeyError, TypeError):
            return
        if not hmac.compare_digest(token.encode(), self._token.encode()):
            log.warning("a client of the control channel showed a wrong token")
            return
        wire = _Wire(writer)
        try:
            status = run(Context(store, settings, wire, vault), command, arguments)
            wire.send({"exit": status})
        except OSError:
            log.info("a client of the control channel left during %s", command)


def running_app(var: Path) -> dict[str, Any] | None:
    """Return port and token of the app that runs on this data folder, or None."""
    try:
        control: dict[str, Any] = json.loads((var / FILE_NAME).read_text())
        with socket.create_connection(("127.0.0.1", control["port"]), CONNECT_TIMEOUT_S):
            return control
    except (OSError, ValueError, KeyError):
        return None


def run_remotely(
    control: dict[str, Any], command: str, arguments: dict[str, Any], output: Output
) -> int:
    """Have the running app carry out a command and print what it says.

    Returns:
        Its exit status; 1 where the app went away before it was done.
    """
    request = {"token": control["token"], "command": command, "arguments": arguments}
    with socket.create_connection(("127.0.0.1", control["port"]), CONNECT_TIMEOUT_S) as link:
        link.settimeout(None)
        link.sendall(json.dumps(request).encode() + b"\n")
        for line in link.makefile("rb"):
            message = json.loads(line)
            if "exit" in message:
                return int(message["exit"])
            if "out" in message:
                output.out(message["out"])
            elif "err" in message:
                output.err(message["err"])
            else:
                output.progress(*message["progress"])
    output.err("The app stopped before the command was done; run it again.")
    return 1
