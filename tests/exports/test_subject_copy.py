"""The copy for a person on record: whole, in both languages, with rare characters, never markup."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from components.wording import Language, current_language, text
from exports.paper_fonts import family_of, fonts_for
from exports.subject_copy import ASSETS, copy_document, copy_json, copy_pdf, keep_words
from rules.fields import FIELDS, Keep
from rules.subject_copy import (
    CopiedAccess,
    CopiedChange,
    CopiedConsent,
    CopiedValue,
    SubjectCopy,
)

AT = datetime(2026, 3, 12, 8, tzinfo=UTC)
HOSTILE = '#import "/etc/passwd": * \\ $x$ = <b>#{1}</b> ]['
VALUES = {"name": "王演示㐀齉", "phone": "19900000001", "address": HOSTILE, "sex": "female"}


def copied(name: str, value: str) -> CopiedValue:
    field = FIELDS["person", name]
    return CopiedValue(name, value, field.purpose, field.basis, field.sensitivity, field.keep, AT)


COPY = SubjectCopy(
    "01a2014c-b08a-7000-8000-0000b86c3422",
    "石榴社区",
    "Shiliu",
    "Asia/Shanghai",
    AT,
    "files:residents",
    tuple(copied(name, value) for name, value in VALUES.items()),
    (CopiedConsent("care_service", "self", "paper", date(2025, 3, 1), None),),
    (CopiedChange(AT, "registered", ("name", "phone"), "files:residents"),),
    (CopiedAccess(AT, "person.unmask", "done", "secretary", "phone", "care_visit"),),
    ((AT, "secretary", "superior_request"),),
    30,
)


@pytest.fixture(params=["zh-CN", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[Language]:
    token = current_language.set(request.param)
    yield request.param
    current_language.reset(token)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Unpacked fonts, kept for all tests of this file."""
    return tmp_path_factory.mktemp("fonts")


def texts(document: object) -> str:
    return json.dumps(document, ensure_ascii=False)


def test_everything_kept_is_in_it_with_its_why_and_how_long(language: Language) -> None:
    shown = texts(copy_document(COPY))
    for part in (
        VALUES["name"],
        VALUES["phone"],
        text("sex.female"),
        text("field_purpose.contact"),
        text("basis.consent"),
        keep_words(Keep(180, "moved_out")),
        text("consent.care_service"),
        text("audit.action.person.unmask"),
        text("role.secretary"),
        text("purpose.care_visit"),
        text("purpose.superior_request"),
        "2026-03-12 16:00",  # the community's own time
        text("copy.care_days", days=30),
    ):
        assert part in shown, part
    assert ("石榴社区" in shown) is (language == "zh-CN")


def test_who_asks_for_accesses_gets_no_value(language: Language) -> None:
    shown = texts(copy_document(COPY, only_accesses=True))
    assert text("copy.title_accesses") in shown
    assert text("audit.action.person.unmask") in shown
    assert not [value for value in ("王演示", "19900000001", HOSTILE) if value in shown]


def test_an_empty_file_says_that_there_is_none(language: Language) -> None:
    bare = SubjectCopy("p", "社区", None, "Asia/Shanghai", AT, "manual")
    document = copy_document(bare)
    assert [section["empty"] for section in document["sections"]] == [text("copy.none")] * 5


def test_a_cut_list_says_so(language: Language) -> None:
    assert text("copy.accesses_cut", n=1) in texts(copy_document(replace(COPY, accesses_cut=True)))


def test_the_json_is_whole_and_typed() -> None:
    content = json.loads(copy_json(COPY))
    assert content["format"] == "yiping.subject-copy/1"
    assert content["values"][0] == {
        "name": "name",
        "value": VALUES["name"],
        "purpose": "residence_register",
        "basis": "statutory",
        "sensitivity": "personal",
        "keep": {"days": 180, "after": "moved_out"},
        "written_at": "2026-03-12T08:00:00+00:00",
    }
    assert content["consents"][0]["given_on"] == "2025-03-01"
    assert "officer" not in str(content)


def test_the_pdf_is_made_whatever_a_value_holds(language: Language, kept: Path) -> None:
    made = copy_pdf(COPY, kept)
    assert made[:5] == b"%PDF-" and made.rstrip().endswith(b"%%EOF")
    assert len(made) > 20_000
    assert b"passwd" not in made  # the value is set as glyphs, and nothing was imported


def test_a_long_history_turns_pages(kept: Path) -> None:
    many = tuple(COPY.accesses[0] for _ in range(300))
    short, long = copy_pdf(COPY, kept), copy_pdf(replace(COPY, accesses=many), kept)
    assert pages(long) > pages(short)


def pages(made: bytes) -> int:
    """Count the pages of a PDF; its objects may lie in compressed streams."""
    bodies = [made]
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.S):
        try:
            bodies.append(zlib.decompress(stream))
        except zlib.error:
            continue
    return max(int(n) for body in bodies for n in re.findall(rb"/Count (\d+)", body))


def test_each_character_gets_a_font_that_has_it(kept: Path) -> None:
    fonts = fonts_for("A王㐀齉—", ASSETS, kept)
    assert fonts.families[0] == family_of(Path("noto-sans-sc-latin.woff2"))
    names = " ".join(path.name for path in kept.iterdir())
    assert "rare-01" in names and "rare-38" in names
    before = {path: path.stat().st_mtime_ns for path in kept.iterdir()}
    fonts_for("王", ASSETS, kept)
    assert {path: path.stat().st_mtime_ns for path in kept.iterdir()} == before


def test_what_no_font_has_does_not_stop_it(kept: Path) -> None:
    odd = replace(COPY, values=(copied("name", "\U0001f600\u0627\ue000\ud800 王"),))
    assert copy_pdf(odd, kept)[:5] == b"%PDF-"
    assert json.loads(copy_json(odd))["values"][0]["name"] == "name"
