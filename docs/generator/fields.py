"""Writes docs/fields.md from the registry of personal fields."""

from __future__ import annotations

from components.wording import text
from docs.generator.markdown import code, table
from rules.fields import CONSENT_PURPOSES, FIELDS, FORBIDDEN_WORDS, Field, Keep
from rules.fields_elsewhere import ELSEWHERE

INTRODUCTION = """\
# Fields about people

Generated from `rules/fields.py` and `rules/fields_elsewhere.py` by `make docs`; change them there.

Every value that is or may be about a person: how sensitive it is, what it is for, what allows it,
how long it is kept, what a masked view shows and who writes it. Designed for the duties of the PIPL
(arts. 6, 17, 19, 28–31, 51); it is engineering, not legal advice, and the periods are ours: a
deployer checks them. Sealed values lie only in [`personal_field`](tables.md#personal_field), under
a key of the person that can be destroyed
([ADR 0016](adr/0016-files-facts-in-logs-values-apart.md)); whoever is under fourteen has a
guardian's consent for the whole file, or no values in it.
"""
FORBIDDEN = """\
## What is never recorded

There is no field for any of these (DOMAIN R7), and a mapping that reads a column named after one
is refused; a column of that name in a file is reported and never read. Compared without width and
case:

"""
HEADS = ["Field", "Sensitivity", "For", "Basis", "Kept", "Masked as", "Where", "Written by"]


def fields_page() -> str:
    """Return the page."""
    parts = [INTRODUCTION, "## Fields of files\n", table(HEADS, map(_row, FIELDS.values())), ""]
    parts += [
        "`†`: needs a separate consent on record before it is written. Consents can be for: "
        + ", ".join(code(purpose) for purpose in CONSENT_PURPOSES)
        + ". Withdrawing one removes every value that rests on it.\n"
    ]
    parts += ["## Columns of other tables\n", table(HEADS, map(_row, ELSEWHERE.values())), ""]
    return "\n".join(parts) + "\n" + FORBIDDEN + " ".join(map(code, FORBIDDEN_WORDS)) + "\n"


def _row(field: Field) -> list[str]:
    consent = f" ({code(field.consent)}{'†' if field.separate else ''})" if field.consent else ""
    return [
        code(f"{field.subject}.{field.name}"),
        field.sensitivity,
        text(f"field_purpose.{field.purpose}", "en"),
        text(f"basis.{field.basis}", "en") + consent,
        _kept(field.keep),
        field.mask.replace("_", " "),
        "sealed" if field.sealed else "plain",
        ", ".join(code(who) if "." in who else who for who in field.by),
    ]


def _kept(keep: Keep | None) -> str:
    if keep is None:
        return "as long as the thing"
    after = keep.after.replace("_", " ")
    return f"until {after}" if keep.days == 0 else f"{keep.days} days after {after}"
