"""The registry of personal columns of tables that are no file: staff, texts, traces (R3).

Continues rules/fields.py; `subject` is the table. What is sealed there lies under the key of the
person, post or account it belongs to.
"""

from __future__ import annotations

from rules.fields import FIELDS, Basis, Field, Keep, Sensitivity
from rules.masking import MaskStyle
from rules.retention import (
    AUDIT_DAYS,
    CASE_CONTACT,
    CASE_TEXT,
    DETECTION,
    NOTE,
    POSITION,
    QUARANTINE,
    SESSION,
    STRIP,
)

_REPORTERS = ("reporters", "case.write", "import")
_PROGRAM = ("program",)


def _column(
    table: str,
    name: str,
    purpose: str,
    keep: Keep | None,
    by: tuple[str, ...],
    *,
    sensitivity: Sensitivity = "personal",
    basis: Basis = "statutory",
    mask: MaskStyle = "hidden",
    sealed: bool = False,
) -> Field:
    return Field(table, name, sensitivity, purpose, basis, keep, mask=mask, sealed=sealed, by=by)


_TRACE = Keep(AUDIT_DAYS, "recorded")
_POST = Keep(365, "replaced")
_CLOSED = Keep(365, "ended")

_COLUMNS = (
    # Residents' own words may name anybody.
    *(
        _column("case_text", name, "case_handling", CASE_TEXT, _REPORTERS)
        for name in ("title", "description", "address", "note")
    ),
    # What phones bring: pictures, the number to call back, and what was written to and fro.
    _column("case_photo", "sha256", "case_handling", CASE_TEXT, _REPORTERS),
    # Pictures kept with an alarm lie sealed in files; this is what says that they are whole.
    _column("alarm_strip", "sha256", "building_safety", STRIP, _PROGRAM),
    _column("case_contact", "sealed", "case_handling", CASE_CONTACT, _REPORTERS, basis="consent",
            mask="phone", sealed=True),
    _column("case_message", "note", "case_handling", CASE_TEXT, _REPORTERS),
    # What could not be taken in: rows about people are kept as shapes only.
    *(
        _column("quarantine", name, "data_quality", QUARANTINE, _PROGRAM)
        for name in ("message", "raw")
    ),
    # Staff: posts and accounts rather than names; the last position only (DOMAIN R20).
    _column("account", "login", "sign_in", _CLOSED, ("account.manage",), basis="contract",
            mask="shown"),
    _column("account", "oidc_subject", "sign_in", _CLOSED, ("account.manage",), basis="contract"),
    *(
        _column("credential", name, "sign_in", Keep(0, "ended"), ("own account",),
                sensitivity="sensitive", basis="contract", sealed=name == "totp_sealed")
        for name in ("password_hash", "totp_sealed")
    ),
    _column("recovery_code", "code_hash", "sign_in", Keep(0, "ended"), ("own account",),
            sensitivity="sensitive", basis="contract"),
    _column("session", "origin", "sign_in", SESSION, _PROGRAM),
    _column("worker", "callsign", "staff_duty", None, ("config.write", "import"),
            sensitivity="internal", basis="contract", mask="shown"),
    *(
        _column("worker_position", name, "staff_duty", POSITION, ("import",), basis="contract",
                sensitivity="sensitive")
        for name in ("lon", "lat", "raw_x", "raw_y", "accuracy_m", "located_at")
    ),
    _column("contact_number", "sealed", "emergency", _POST, ("config.write", "import"),
            basis="contract", mask="phone", sealed=True),
    # Traces of what was done, which may name whom it was done to.
    _column("audit", "reason", "accountability", _TRACE, _PROGRAM, sealed=True),
    _column("audit", "origin", "accountability", _TRACE, _PROGRAM),
    # Addresses of mailboxes and robots, and what events are signed with.
    _column("outgoing_secret", "sealed", "staff_duty", Keep(0, "ended"), ("config.write",),
            sensitivity="sensitive", basis="contract", sealed=True),
    # Addresses, names and passwords of cameras: not personal, but whoever has them sees people.
    _column("camera_secret", "sealed", "building_safety", Keep(0, "ended"),
            ("config.write", "import"), sensitivity="internal", sealed=True),
    # The small grey picture of what a scene found: somebody may stand on it.
    _column("detection", "sealed", "building_safety", DETECTION, _PROGRAM, sealed=True),
    # Who may need help while a plan runs: its key is destroyed with the end of the run (R18).
    _column("plan_run_person", "sealed", "emergency", Keep(0, "ended"), ("plan.run",),
            sensitivity="sensitive", basis="emergency", sealed=True),
    _column("sealed_note", "sealed", "accountability", NOTE, ("rights.handle",), sealed=True),
)  # fmt: skip

ELSEWHERE: dict[tuple[str, str], Field] = {(c.subject, c.name): c for c in _COLUMNS}
REGISTRY: dict[tuple[str, str], Field] = {**FIELDS, **ELSEWHERE}
