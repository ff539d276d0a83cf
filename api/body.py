"""Reads a request's JSON body with a bound, checked while it streams in."""

from __future__ import annotations

from fastapi import Request

from api.errors import ApiError

MAX_BODY_BYTES = 16 * 1024 * 1024


async def json_body(request: Request) -> bytes:
    """Return the body.

    Raises:
        ApiError: 415 where it is not announced as plain UTF-8 JSON, 413 beyond 16 MB; the rest
            of a body that is too large is never read.
    """
    _check_type(request)
    announced = request.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > MAX_BODY_BYTES:
        raise _too_large()
    parts: list[bytes] = []
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BODY_BYTES:
            raise _too_large()
        parts.append(part)
    return b"".join(parts)


def _check_type(request: Request) -> None:
    kind, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = parameters.strip().lower().removeprefix("charset=").strip('"')
    if kind.strip().lower() != "application/json" or charset not in ("", "utf-8", "utf8"):
        raise ApiError(415, "content_type", "Send Content-Type: application/json, in UTF-8.")
    # A small compressed body can unpack to any size.
    if request.headers.get("content-encoding", "identity").lower() != "identity":
        raise ApiError(415, "content_encoding", "Send the body uncompressed.")


def _too_large() -> ApiError:
    return ApiError(
        413,
        "body_too_large",
        f"The body is larger than {MAX_BODY_BYTES} bytes; send it in parts.",
        headers={"Connection": "close"},
    )
