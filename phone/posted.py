"""Reads the forms phones post, pictures included, within bounds; refuses what is none of ours."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import datetime

from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from actions.images import MOST_BYTES
from actions.reporting.receiving import Photo
from rules.errors import RuleViolation
from rules.reports import MOST_PHOTOS

MOST_FIELDS = 60
MOST_FIELD_BYTES = 32 * 1024


class FormUnreadable(RuleViolation):
    """The body is no form of ours."""

    code = "form_invalid"


@dataclass(frozen=True, slots=True)
class Posted:
    """A form: texts by name, the first of each, and the pictures in order."""

    values: dict[str, str] = field(default_factory=dict)
    photos: tuple[tuple[str, bytes], ...] = ()

    def text(self, name: str, most: int = 4_000) -> str:
        """Return a field without the spaces around it, cut to `most`; empty where it is missing."""
        return self.values.get(name, "").replace("\r\n", "\n").strip()[:most]

    def number(self, name: str, least: float, most: float) -> float | None:
        """Return a number within bounds, None where there is none."""
        try:
            value = float(self.values.get(name, ""))
        except ValueError:
            return None
        return value if math.isfinite(value) and least <= value <= most else None

    def moment(self, name: str) -> datetime | None:
        """Return an aware moment, None where there is none."""
        try:
            value = datetime.fromisoformat(self.values.get(name, ""))
        except ValueError:
            return None
        return value if value.tzinfo is not None else None

    def pictures(self, stem: str, name: str = "photo") -> list[Photo]:
        """Return the pictures of a field with ids that a repeated sending has again.

        Args:
            stem: What the store knows the report or task by; no secret.
            name: The field.
        """
        chosen = [raw for key, raw in self.photos if key == name]
        return [Photo(f"{stem}-{n}", raw) for n, raw in enumerate(chosen)]


async def posted(request: Request) -> Posted:
    """Read a form, with or without pictures.

    Raises:
        FormUnreadable: It is none, or has too many or too long fields.
    """
    values: dict[str, str] = {}
    photos: list[tuple[str, bytes]] = []
    try:
        async with request.form(
            max_files=2 * MOST_PHOTOS, max_fields=MOST_FIELDS, max_part_size=MOST_FIELD_BYTES
        ) as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    raw = await value.read(MOST_BYTES + 1)
                    if raw and len(photos) < 2 * MOST_PHOTOS:
                        photos.append((name, raw))
                elif len(value.encode("utf-8", "surrogatepass")) <= MOST_FIELD_BYTES:
                    values.setdefault(name, _plain(value))
    except (HTTPException, MultiPartException, UnicodeDecodeError, ValueError):
        raise FormUnreadable() from None
    return Posted(values, tuple(photos))


def _plain(text: str) -> str:
    """The text without signs nobody types, which could break a log or a page apart."""
    clean = text.encode("utf-8", "ignore").decode("utf-8")
    return "".join(
        sign for sign in clean if sign in "\n\r\t" or (ord(sign) >= 32 and ord(sign) != 127)
    )
