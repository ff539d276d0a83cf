"""A category is read from text field by field, and written so that it reads back as the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.catalogue import default_catalogue
from rules.catalogue_rows import CategoryInvalid, read_entry, write_entry
from rules.responders import ANYBODY, Want

GOOD = {
    "code": "drone",
    "name_zh": "无人机扰民",
    "group": "noise",
    "urgency": "ordinary",
    "limit_value": "2.5",
    "limit_kind": "work_day",
}


@pytest.mark.parametrize("entry", default_catalogue().values(), ids=lambda entry: entry.code)
def test_every_default_reads_back_as_itself(entry) -> None:
    assert read_entry(write_entry(entry)) == replace(entry, default=False)


def test_what_may_be_left_out_has_a_plain_meaning() -> None:
    entry = read_entry(GOOD)
    assert (entry.name_en, entry.organisation_kind, entry.wants) == (None, None, ANYBODY)
    assert (entry.questions, entry.keywords, entry.in_use, entry.position) == ((), (), True, 1000)


def test_lists_are_read_with_the_marks_of_both_languages() -> None:
    entry = read_entry({
        **GOOD,
        "responders": "partner:police|fire*2； grid_worker",
        "questions": "在哪里？|Where?；几点？",
        "keywords": "无人机，Drone；飞行器、drone",
    })  # fmt: skip
    assert entry.wants == (Want("partner", ("police", "fire"), 2), Want("grid_worker"))
    assert entry.questions == (("在哪里？", "Where?"), ("几点？", "几点？"))
    assert entry.keywords == ("无人机", "drone", "飞行器")


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("code", ""),
        ("code", "two words"),
        ("code", "'; drop"),
        ("name_zh", ""),
        ("name_zh", "{0.__class__}"),  # filled into sentences
        ("name_zh", "<b>粗</b>"),
        ("name_en", "=HYPERLINK(1)"),
        ("name_zh", "长" * 31),
        ("group", "weather"),
        ("urgency", "very"),
        ("limit_value", "soon"),
        ("limit_value", "0"),
        ("limit_value", "-1"),
        ("limit_value", "nan"),
        ("limit_value", "inf"),
        ("limit_value", "4000"),  # beyond ten years
        ("limit_kind", "hours"),
        ("organisation_kind", "army"),
        ("responders", "robot"),
        ("responders", "partner:magic"),
        ("responders", "grid_worker*0"),
        ("questions", "|only English"),
        ("questions", "; ".join(["问？|Q?"] * 21)),
        ("position", "first"),
        ("position", "-3"),
        ("in_use", "perhaps"),
    ],
)
def test_a_field_that_cannot_be_taken_is_named(field: str, text: str) -> None:
    with pytest.raises(CategoryInvalid) as refusal:
        read_entry({**GOOD, field: text})
    assert refusal.value.fields["field"] == field
