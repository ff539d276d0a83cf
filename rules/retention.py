"""Decides what is deleted when: one class per kind of record, its period from the field registry.

DOMAIN R18, PIPL arts. 19 and 47. What people may be erased with is proposed and confirmed by a
person; what nobody can want back goes by itself every night. The audit is kept whole: a line taken
out would break the chain that proves the rest (ADR 0013), so the program never shortens it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Literal

from rules.errors import RuleViolation
from rules.fields import FIELDS, Keep

# erase: the subject's key is destroyed and its file closed; drop_fields: single sealed values go;
# delete_rows: rows go.
Deed = Literal["erase", "drop_fields", "delete_rows"]


@dataclass(frozen=True, slots=True)
class RetentionClass:
    """Records that go together.

    Attributes:
        code: Name of the class, and of its query data/sql/retention/due_<code>.sql.
        keep: How long after what.
        deed: What is done.
        subject: Kind of thing a legal hold names to keep it; None where none can.
        by_itself: True where the nightly run deletes without asking anybody.
        people: True where each one counted is a person.
    """

    code: str
    keep: Keep
    deed: Deed
    subject: str | None
    by_itself: bool = False
    people: bool = False


def _registered(subject: str, name: str) -> Keep:
    keep = FIELDS[(subject, name)].keep
    if keep is None:
        raise ValueError(f"{subject}.{name} has no period in rules/fields.py")
    return keep


# Periods of what is no field of a file are ours: the shortest we see a use for (PIPL art. 19).
CASE_TEXT = Keep(730, "closed")
CASE_CONTACT = Keep(90, "closed")  # a case can be called back on, and reopened, for that long
QUARANTINE = Keep(90, "recorded")
POSITION = Keep(1, "recorded")
SESSION = Keep(30, "recorded")
STRIP = Keep(30, "recorded")  # DOMAIN R10; at once where the alarm was false or a test
VIEWING = Keep(365, "recorded")  # DOMAIN R19 asks for six months at least
DETECTION = Keep(30, "recorded")  # as pictures of cameras (DOMAIN R10)
NOTE = Keep(1_095, "decided")
AVAILABILITY = Keep(366, "recorded")  # so that a month can be held against that of a year ago
EXPORT_HOURS = 24
AUDIT_DAYS = (
    1_095  # at least six months by the Cybersecurity Law (DOMAIN R19); shown, not carried out
)

_CLASSES = (
    RetentionClass(
        "person_moved_out", _registered("person", "name"), "erase", "person", people=True
    ),
    RetentionClass("household_left", _registered("household", "door"), "erase", "household"),
    RetentionClass(
        "enterprise_left", _registered("enterprise", "contact_name"), "erase", "enterprise"
    ),
    RetentionClass(
        "care_ended", _registered("person", "care_category"), "drop_fields", "person", people=True
    ),
    RetentionClass(
        "consent_withdrawn", Keep(0, "ended"), "drop_fields", "person", by_itself=True, people=True
    ),
    RetentionClass("consent_proof", _registered("consent", "purpose"), "delete_rows", "person"),
    RetentionClass("case_text", CASE_TEXT, "delete_rows", "case"),
    RetentionClass("case_photo", CASE_TEXT, "delete_rows", "case"),
    RetentionClass("case_contact", CASE_CONTACT, "delete_rows", "case"),
    RetentionClass("officer_note", NOTE, "delete_rows", None),
    RetentionClass("quarantine", QUARANTINE, "delete_rows", None, by_itself=True),
    RetentionClass("worker_position", POSITION, "delete_rows", None, by_itself=True),
    RetentionClass("session", SESSION, "delete_rows", None, by_itself=True),
    RetentionClass("camera_viewing", VIEWING, "delete_rows", None, by_itself=True),
    RetentionClass("alarm_strip", STRIP, "delete_rows", "case", by_itself=True),
    RetentionClass("gate_call", VIEWING, "delete_rows", None, by_itself=True),
    RetentionClass("camera_day", AVAILABILITY, "delete_rows", None, by_itself=True),
    RetentionClass("detection", DETECTION, "delete_rows", "case", by_itself=True),
)
CLASSES: dict[str, RetentionClass] = {each.code: each for each in _CLASSES}

BATCH = 250  # most subjects of one unit of work: the wall's commits wait for it a quarter second
SECOND_PERSON_ABOVE = 1_000  # people; more than that is the deletion of a register (DOMAIN R15)

HOLD_SUBJECTS = ("person", "household", "enterprise", "case")
HOLD_BASES = ("court_order", "authority_order", "dispute", "incident_inquiry", "complaint")
LONGEST_HOLD = timedelta(days=366)
HOLDING: tuple[str, ...] = ("asked", "held")  # also while it waits: nothing goes meanwhile


class OnLegalHold(RuleViolation):
    """A legal hold keeps this record; release the hold first, or wait until it ends."""

    code = "on_legal_hold"


class HoldInvalid(RuleViolation):
    """A hold must end after now and within a year; renew it where it is still needed."""

    code = "hold_invalid"


def before(keep: Keep, now: datetime) -> datetime:
    """Return the moment before which what a period counts from must lie."""
    return now - timedelta(days=keep.days)


def rule_version() -> str:
    """Return a fingerprint of all classes, so that a proof says which rules it followed."""
    text = json.dumps([asdict(each) for each in _CLASSES], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def ids_hash(ids: Iterable[str]) -> str:
    """Return the hash a proof line has in the place of the ids it is about."""
    return hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()


def needs_second_person(people: int) -> bool:
    """Tell whether a run deletes so many people that it is the deletion of a register."""
    return people > SECOND_PERSON_ABOVE


def check_hold(expires_at: datetime, now: datetime) -> None:
    """Hold that a legal hold ends, and within a year.

    Raises:
        HoldInvalid: It does not.
    """
    if not now < expires_at <= now + LONGEST_HOLD:
        raise HoldInvalid(days=LONGEST_HOLD.days)
