"""Downloads of files about people: bulk exports, and copies for the people on record.

Only for signed-in accounts, only for whom they were made; anybody else is told that there is
nothing. Browsers keep none of it.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from actions.access import NotAllowed, NotThere, SignInRequired, viewer
from actions.approvals import Approvals
from actions.clock import EXPORTS
from actions.files.export_fetching import fetch
from actions.files.export_files import SealedFiles
from actions.rights.copies import copy_for, note_copy
from api.services import Services, services
from components.plain_page import notice, plain_page
from components.wording import LANGUAGES, current_language, language_of, text
from exports.register_table import render
from exports.subject_copy import copy_json, copy_pdf
from rules.errors import RuleViolation

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "json": "application/json",
}
PRIVATE = {"Cache-Control": "no-store", "Pragma": "no-cache"}
Handler = Callable[[Request], Response]


def install(app: FastAPI) -> None:
    """Answer the addresses of downloads."""
    app.router.routes.extend(ROUTES)


def get_export(request: Request) -> Response:
    """A bulk export, for whoever asked for it, as long as it lasts."""
    parts = services(request)
    kind = request.query_params.get("format", "csv")
    files = SealedFiles(parts.keyring, parts.settings.var / EXPORTS)
    export_id = request.path_params["export_id"]
    content, row = fetch(_approvals(parts), files, viewer(), export_id, kind, render)
    name = f"{row['register']}-{row['community_id']}-{row['made_at']:%Y%m%d}.{kind}"
    return _download(content, kind, name)


def get_subject_copy(request: Request) -> Response:
    """The copy for a person on record, for whoever handles the request, once approved."""
    parts = services(request)
    kind = request.query_params.get("format", "pdf")
    request_id = request.path_params["request_id"]
    desk, row, copy = copy_for(_approvals(parts), viewer(), request_id, kind)
    if kind == "json":
        content = copy_json(copy)
    else:
        kept = parts.settings.var / "cache" / "fonts"
        content = copy_pdf(copy, kept, only_accesses=row["kind"] == "accesses")
    note_copy(desk, row, kind, hashlib.sha256(content).hexdigest())
    return _download(content, kind, f"{row['kind']}-{request_id[:8]}.{kind}")


def _in_thread(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """Run a handler off the event loop, in the language asked for; refusals become a page."""

    async def answer(request: Request) -> Response:
        wanted = request.query_params.get("lang")
        token = current_language.set(
            language_of(wanted) if wanted in LANGUAGES else current_language.get()
        )
        try:
            return await asyncio.to_thread(handler, request)
        except SignInRequired as refusal:
            return _refused(401, refusal)
        except NotThere as refusal:
            return _refused(404, refusal)
        except NotAllowed as refusal:
            return _refused(403, refusal)
        except RuleViolation as refusal:
            return _refused(409, refusal)
        finally:
            current_language.reset(token)

    return answer


def _refused(status: int, refusal: RuleViolation) -> Response:
    words = text(f"error.{refusal.code}", None, **refusal.fields)
    page = plain_page(text("export.refused"), notice(words, "refused"))
    return HTMLResponse(page, status, PRIVATE)


def _download(content: bytes, kind: str, name: str) -> Response:
    # Names are made of codes and ids: letters, digits, hyphens.
    headers = {**PRIVATE, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, headers=headers, media_type=TYPES[kind])


def _approvals(parts: Services) -> Approvals:
    return Approvals(parts.store, parts.keyring, parts.audit, lambda: datetime.now(UTC))


ROUTES = [
    Route("/exports/{export_id}", _in_thread(get_export), methods=["GET"]),
    Route("/rights/{request_id}/copy", _in_thread(get_subject_copy), methods=["GET"]),
]
