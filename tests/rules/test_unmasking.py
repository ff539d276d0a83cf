"""When one masked value may be opened: every refusal by its code, both directions."""

from __future__ import annotations

from datetime import timedelta

import pytest

from rules.unmasking import (
    SHOWN_FOR,
    UNMASK_PURPOSES,
    UnmaskRefused,
    check_childhood,
    check_request,
)

# Role, purpose, reason, case, refused with (None: let pass).
REQUESTS = [
    ("secretary", "case_handling", "核对电话", None, None),
    ("grid_worker", "care_visit", "上门探访", None, None),
    ("duty_officer", "emergency", "联系家属", "case-1", None),
    ("duty_officer", "emergency", "联系家属", None, "case_needed"),
    ("duty_officer", "emergency", "联系家属", "", "case_needed"),
    ("secretary", "curiosity", "核对电话", None, "purpose_unknown"),
    ("secretary", "", "核对电话", None, "purpose_unknown"),
    ("secretary", "case_handling", "看看", None, "reason_too_short"),
    ("secretary", "case_handling", " \u200b\n看  ", None, "reason_too_short"),
    ("secretary", "case_handling", "长" * 200, None, None),
    ("secretary", "case_handling", "长" * 201, None, "reason_too_long"),
]


@pytest.mark.parametrize(("role", "purpose", "reason", "case_id", "code"), REQUESTS)
def test_a_request_says_why(role, purpose, reason, case_id, code) -> None:
    if code is None:
        assert check_request(role, purpose, f" {reason} ", case_id) == reason
        return
    with pytest.raises(UnmaskRefused) as refusal:
        check_request(role, purpose, reason, case_id)
    assert refusal.value.code == code


@pytest.mark.parametrize("role", ["duty_officer", "grid_worker", "privacy", "admin", ""])
def test_only_the_secretary_opens_what_belongs_to_a_child(role: str) -> None:
    check_childhood("secretary", True)
    check_childhood(role, False)
    with pytest.raises(UnmaskRefused) as refusal:
        check_childhood(role, True)
    assert refusal.value.code == "guarded_child"


def test_a_value_is_shown_for_five_minutes() -> None:
    assert timedelta(minutes=5) == SHOWN_FOR
    assert "statutory_request" in UNMASK_PURPOSES
