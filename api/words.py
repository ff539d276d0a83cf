"""Answers the script with all sentences; the pages name it by its fingerprint."""

from __future__ import annotations

from fastapi import FastAPI, Request
from starlette.responses import Response

from components.words_script import PATH, words_script


def install(app: FastAPI) -> None:
    """Add the script beside our other assets."""
    app.add_route(PATH, _words, methods=["GET", "HEAD"], include_in_schema=False)


async def _words(_request: Request) -> Response:
    return Response(words_script(), media_type="text/javascript")
