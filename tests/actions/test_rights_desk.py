"""The desk finds one person by one whole number and takes requests; nobody else opens it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from actions.access import NotAllowed, NotThere
from actions.files.consulting import values_of_subjects
from actions.rights.requests import NumberInvalid, ReceiptInvalid, RightsDesk, TooManySearches
from rules.approvals import CodeUnknown
from rules.errors import RuleViolation
from rules.privacy import ACCOUNT_ROLES
from rules.rights import IdentityUnproven, NotForKin
from rules.viewer import Viewer
from tests.rights_stage import ID_NUMBER, NAME, PHONE, Stage, officer

REASON = "虚构的理由：本人到场"
SECRETARY, PRIVACY = officer("secretary"), officer("privacy")


def values_of(register: Stage, person_id: str) -> dict[str, str]:
    return values_of_subjects(register.store, register.keyring, [person_id]).get(person_id, {})


def request_state(register: Stage, request_id: str) -> str:
    return str(register.desk().request(request_id)["state"])


@pytest.mark.parametrize("role", [role for role in ACCOUNT_ROLES if role != "privacy"])
def test_no_other_role_opens_the_desk(register: Stage, role: str) -> None:
    with pytest.raises(NotAllowed):
        register.desk(officer(role))


@pytest.mark.parametrize(
    "viewer",
    [officer("privacy", 1, "other"), Viewer("key", "yp", "privacy", frozenset({"demo"}))],
)
def test_neither_another_community_nor_a_key(register: Stage, viewer: Viewer) -> None:
    with pytest.raises((NotThere, NotAllowed)):
        register.desk(viewer)


@pytest.mark.parametrize(
    ("by", "number"),
    [
        ("id_number", ID_NUMBER),
        ("id_number", f" {ID_NUMBER[:6]} {ID_NUMBER[6:]} "),
        ("phone", PHONE),
        ("phone", f"+86-{PHONE}"),
        ("phone", "１９９００００" + "０００１"),  # full width, as some keyboards type
    ],
)
def test_a_whole_number_finds_the_one_file_masked(register: Stage, by: str, number: str) -> None:
    person_id = register.person()
    register.person(2)
    if not number.isascii():
        with pytest.raises(NumberInvalid):
            register.desk().find(by, number)
        return
    found = register.desk().find(by, number)
    assert [match.person_id for match in found] == [person_id]
    assert found[0].masked["name"] == "王**"
    assert NAME not in str(found) and PHONE not in str(found) and ID_NUMBER not in str(found)
    assert [line[::3] for line in register.audited("rights.find")] == [("done", f"{by}: 1")]


@pytest.mark.parametrize(
    ("by", "number"),
    [
        ("id_number", ID_NUMBER[:17]),
        ("id_number", ID_NUMBER[:-1] + "8"),  # wrong check digit
        ("phone", "1990000"[:5]),
        ("phone", "199%"),
        ("phone", "' or 1=1 --"),
        ("name", NAME),
        ("", ""),
        ("phone", "1" * 5_000),
    ],
)
def test_pieces_names_and_nonsense_find_nothing(register: Stage, by: str, number: str) -> None:
    register.person()
    with pytest.raises(NumberInvalid):
        register.desk().find(by, number)


def test_nobody_is_found_in_another_community(register: Stage) -> None:
    register.person()
    stranger = officer("privacy", 2, "other")
    assert RightsDesk.open(register.approvals, stranger, "other").find("phone", PHONE) == []


def test_too_many_look_ups_in_a_row_are_refused_and_counted(register: Stage) -> None:
    register.person()
    for _ in range(20):
        register.desk().find("phone", PHONE)
    with pytest.raises(TooManySearches):
        register.desk().find("phone", PHONE)
    assert register.desk(officer("privacy", 2)).find("phone", PHONE)
    results = [line[0] for line in register.audited("rights.find")]
    assert (results.count("done"), results.count("refused")) == (21, 1)


def test_a_request_runs_from_the_day_it_came_in(register: Stage) -> None:
    person_id = register.person()
    came = register.now - timedelta(days=13)
    register.request("copy", person_id, received_at=came)
    register.request("copy", register.person(2))
    rows = register.desk().requests()
    assert [row["light"] for row in rows] == ["soon", "ok"]
    assert rows[0]["due_at"] == came + timedelta(days=15)
    register.later(days=3)
    assert [row["light"] for row in register.desk().requests()] == [
        "over",
        "soon" if False else "ok",
    ]


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"kind": "sing"}, CodeUnknown),
        ({"requester": "neighbour"}, CodeUnknown),
        ({"channel": "pigeon"}, CodeUnknown),
        ({"identity_check": "a smile"}, CodeUnknown),
        ({"identity_check": "call_back"}, IdentityUnproven),
        ({"requester": "next_of_kin"}, IdentityUnproven),
        ({"kind": "withdraw_consent", "consent_purpose": "contact", "requester": "next_of_kin",
          "identity_check": "kin_document"}, NotForKin),
        ({"kind": "withdraw_consent", "consent_purpose": "parking"}, CodeUnknown),
        ({"kind": "correct", "field": "religion"}, CodeUnknown),
        ({"kind": "correct"}, CodeUnknown),
        ({"received_at": datetime(2020, 1, 1, tzinfo=UTC)}, ReceiptInvalid),
        ({"received_at": datetime(2200, 1, 1, tzinfo=UTC)}, ReceiptInvalid),
        ({"person_id": "no-such-file"}, NotThere),
    ],
)  # fmt: skip
def test_a_request_taken_wrongly_is_refused(
    register: Stage, more: dict[str, Any], refusal: type[RuleViolation]
) -> None:
    values = {"kind": "copy", "person_id": register.person(), **more}
    with pytest.raises(refusal):
        register.request(**values)
    assert register.sql("select count(*) from rights_request_event") == [(0,)]


def test_for_a_child_a_guardian_speaks(register: Stage) -> None:
    born = (register.now - timedelta(days=9 * 366)).date().isoformat()
    child = register.person(
        3, birth_date=born, guardian_consent_on=register.now.date().isoformat(), phone=None
    )
    with pytest.raises(IdentityUnproven):
        register.request("copy", child)
    register.request("copy", child, requester="guardian", identity_check="guardian_document")


def test_a_file_of_another_community_is_not_there(register: Stage) -> None:
    person_id = register.person()
    desk = RightsDesk.open(register.approvals, officer("privacy", 2, "other"), "other")
    request_id = register.request("copy", person_id)
    with pytest.raises(NotThere):
        desk.request(request_id)
    assert desk.match(person_id) is None
