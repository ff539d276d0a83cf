"""Writes the copy for a person on record: JSON for machines, A4 PDF for people (R17, PIPL art. 45).

Nothing of it is kept: it is made when it is handed out. The text reaches the PDF as data, never as
markup, so that no value can change the document.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import typst

from components.wording import current_language, knows, local_name, named, text
from exports.paper_fonts import fonts_for
from rules.fields import Keep
from rules.subject_copy import SubjectCopy

TEMPLATE = Path(__file__).with_name("subject_copy.typ")
ASSETS = Path(__file__).parent.parent / "assets"
FORMAT = "yiping.subject-copy/1"
# Fields whose values are codes.
_CODED = ("sex", "relation", "residence", "care_category", "care_need")
Section = dict[str, Any]


def copy_json(copy: SubjectCopy) -> bytes:
    """Return the copy in a form other software reads; codes, and times in UTC."""
    content = {"format": FORMAT, **asdict(copy)}
    whole = json.dumps(content, ensure_ascii=False, indent=1, default=_plain)
    return whole.encode("utf-8", "replace")


def copy_pdf(copy: SubjectCopy, kept_fonts: Path, only_accesses: bool = False) -> bytes:
    """Return the copy as A4 PDF in the language of the request.

    Args:
        copy: What is kept.
        kept_fonts: Folder where unpacked fonts are kept.
        only_accesses: Only who looked at the file, no value.
    """
    document = copy_document(copy, only_accesses)
    fonts = fonts_for("".join(_texts(document)), ASSETS, kept_fonts)
    document["families"] = list(fonts.families)
    content = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace").decode("utf-8")
    made: bytes = typst.compile(
        str(TEMPLATE),
        root=str(TEMPLATE.parent),
        font_paths=[str(fonts.folder)],
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"doc": content},
    )
    return made


def copy_document(copy: SubjectCopy, only_accesses: bool = False) -> dict[str, Any]:
    """Return every text of the PDF, in words of the language of the request."""
    zone = ZoneInfo(copy.timezone)
    kind = "accesses" if only_accesses else "copy"
    community = local_name({"name_zh": copy.community_zh, "name_en": copy.community_en})
    made = _moment(copy.made_at, zone)
    facts = [
        (text("copy.community"), community),
        (text("copy.made_at"), made),
        (text("copy.file"), copy.person_id),
        (text("copy.source"), copy.source),
    ]
    sections = [_accesses(copy, zone), _register_copies(copy, zone)]
    if not only_accesses:
        sections = [_values(copy, zone), _consents(copy), _changes(copy, zone), *sections]
        if copy.visit_every_days:
            facts.append((text("copy.care"), text("copy.care_days", days=copy.visit_every_days)))
    return {
        "lang": current_language.get().partition("-")[0],
        "title": text(f"copy.title_{kind}"),
        "author": community,
        "intro": text(f"copy.intro_{kind}"),
        "facts": facts,
        "sections": sections,
        "footer": text("copy.footer", community=community, at=made),
        "families": [],
    }


def keep_words(keep: Keep | None) -> str:
    """Say how long a value is kept."""
    if keep is None:
        return text("keep.with_file")
    after = text(f"keep.after_{keep.after}")
    return text("keep.at_once" if not keep.days else "keep.days", after=after, days=keep.days)


def _values(copy: SubjectCopy, zone: ZoneInfo) -> Section:
    rows = [
        [
            text(f"field.{each.name}"),
            named(each.name, each.value) if each.name in _CODED else each.value,
            named("field_purpose", each.purpose),
            named("basis", each.basis),
            keep_words(each.keep),
            _moment(each.written_at, zone) if each.written_at else "—",
        ]
        for each in copy.values
    ]
    return _section("values", ("field", "value", "purpose", "basis", "keep", "written"), rows,
                    (2, 4, 2.2, 1.8, 2.8, 3))  # fmt: skip


def _consents(copy: SubjectCopy) -> Section:
    rows = [
        [
            named("consent", each.purpose),
            named("consent_by", each.given_by),
            named("consent_form", each.form),
            each.given_on.isoformat(),
            each.withdrawn_on.isoformat() if each.withdrawn_on else "—",
        ]
        for each in copy.consents
    ]
    return _section(
        "consents", ("consent", "by", "form", "given", "withdrawn"), rows, (3, 2, 2, 2, 2)
    )


def _changes(copy: SubjectCopy, zone: ZoneInfo) -> Section:
    rows = [
        [
            _moment(each.at, zone),
            named("event", each.kind),
            text("list.comma").join(_field(name) for name in each.fields),
            each.source,
        ]
        for each in copy.changes
    ]
    return _section("changes", ("at", "event", "fields", "source"), rows, (3, 2, 5.4, 2))


def _accesses(copy: SubjectCopy, zone: ZoneInfo) -> Section:
    rows = [
        [
            _moment(each.at, zone),
            named("audit.action", each.action),
            _field(each.field) if each.field else "—",
            named("role", each.role) if each.role else "—",
            named("purpose", each.purpose) if each.purpose else "—",
            named("audit.result", each.result),
        ]
        for each in copy.accesses
    ]
    section = _section(
        "accesses", ("at", "action", "field", "role", "purpose", "result"), rows,
        (3, 4, 2, 2, 2.4, 1.4),
    )  # fmt: skip
    if copy.accesses_cut:
        section["note"] += " " + text("copy.accesses_cut", n=len(copy.accesses))
    return section


def _register_copies(copy: SubjectCopy, zone: ZoneInfo) -> Section:
    rows = [
        [_moment(at, zone), named("role", role), named("purpose", purpose)]
        for at, role, purpose in copy.register_copies
    ]
    return _section("register_copies", ("at", "role", "purpose"), rows, (3, 3, 6))


def _section(
    name: str, columns: tuple[str, ...], rows: list[list[str]], widths: tuple[float, ...]
) -> Section:
    return {
        "title": text(f"copy.{name}"),
        "note": text(f"copy.{name}_note") if knows(f"copy.{name}_note") else "",
        "empty": text("copy.none"),
        "columns": [text(f"copy.column_{column}") for column in columns],
        "widths": list(widths),
        "rows": rows,
    }


def _field(name: str) -> str:
    return text(f"field.{name}") if knows(f"field.{name}") else name


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _texts(content: object) -> Iterator[str]:
    """Yield every text of a document, for the choice of fonts."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict):
        for value in content.values():
            yield from _texts(value)
    elif isinstance(content, list | tuple):
        for value in content:
            yield from _texts(value)
    yield "0123456789 /—"
