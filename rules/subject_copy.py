"""What a copy for the person on record holds (PIPL arts. 17, 45): values, and why they are there.

Accesses name the role and the purpose, never the officer: the answer is about what was done.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from rules.fields import Basis, Keep, Sensitivity


@dataclass(frozen=True, slots=True)
class CopiedValue:
    """One value in clear with what allows it.

    Attributes:
        name: Name of the field in rules/fields.py.
        keep: How long; None as long as the file.
        written_at: When it was last written, aware UTC; None for facts of the file.
    """

    name: str
    value: str
    purpose: str
    basis: Basis
    sensitivity: Sensitivity
    keep: Keep | None
    written_at: datetime | None


@dataclass(frozen=True, slots=True)
class CopiedConsent:
    """One consent, ended or not."""

    purpose: str
    given_by: str
    form: str
    given_on: date
    withdrawn_on: date | None


@dataclass(frozen=True, slots=True)
class CopiedChange:
    """One change of the file."""

    at: datetime
    kind: str
    fields: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class CopiedAccess:
    """Somebody did or tried something with the file."""

    at: datetime
    action: str
    result: str
    role: str
    field: str | None
    purpose: str | None


@dataclass(frozen=True, slots=True)
class SubjectCopy:
    """Everything that is kept about one person.

    Attributes:
        visit_every_days: Agreed cadence where the person is in the care register.
        register_copies: Bulk copies of the register since the person is on it: when, in which
            role, for what.
        accesses_cut: True where there are more accesses than `accesses` lists.
    """

    person_id: str
    community_zh: str
    community_en: str | None
    timezone: str
    made_at: datetime
    source: str
    values: tuple[CopiedValue, ...] = ()
    consents: tuple[CopiedConsent, ...] = ()
    changes: tuple[CopiedChange, ...] = ()
    accesses: tuple[CopiedAccess, ...] = ()
    register_copies: tuple[tuple[datetime, str, str], ...] = field(default=())
    visit_every_days: int | None = None
    accesses_cut: bool = False
