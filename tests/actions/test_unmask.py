"""Opening one masked value: who may, with what, how often; and the line it leaves first."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from actions.access import NotAllowed, NotThere
from actions.files.unmask import Unmasked, unmask
from rules.unmasking import MOST_IN_SPAN, SHOWN_FOR, UnmaskRefused
from rules.viewer import Viewer
from tests.files_stage import NOW, FilesStage, until


@dataclass
class Asking:
    files: FilesStage

    def __call__(self, viewer: Viewer, subject_id: str, field: str = "phone", **more) -> Unmasked:
        given = {"purpose": "case_handling", "reason": "居民来电核对", "case_id": None, **more}
        return unmask(
            self.files.store, self.files.vault.keyring, self.files.vault.audit, viewer,
            subject_id, field, given["purpose"], given["reason"], given["case_id"], NOW,
        )  # fmt: skip


@pytest.fixture
def ask(files: FilesStage) -> Asking:
    return Asking(files)


def refusals(files: FilesStage) -> list[tuple]:
    return [line for line in files.audit() if line[1] == "refused"]


def test_a_value_comes_with_its_end_after_the_line_is_written(files, ask) -> None:
    person = files.wang()
    opened = ask(files.become("secretary"), person)
    assert opened == Unmasked("19900000001", NOW + SHOWN_FOR)
    assert files.audit() == [
        ("person.unmask", "done", "secretary", person, "phone", None, "case_handling", None)
    ]


def test_nothing_is_opened_when_the_line_cannot_be_written(files, ask, monkeypatch) -> None:
    person = files.wang()

    def broken(tx, line) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(files.vault.audit, "note", broken)
    with pytest.raises(OSError):
        ask(files.become("secretary"), person)


def test_a_reason_is_sealed_under_its_subject_and_never_lies_open(files, ask) -> None:
    person = files.wang()
    ask(files.become("secretary"), person, reason="王演禾家属来电核对")
    (reason,) = files.sql("select reason from audit_event")[0]
    assert reason.startswith("sealed:") and "王演禾" not in reason


def test_the_role_matrix_of_opening_both_directions(files, ask) -> None:
    person = files.wang()  # in grid 1
    open_case = files.case()
    ours, theirs = [files.area(1)], [files.area(2)]
    may = [
        ("secretary", (), None),
        ("secretary", (), open_case),
        ("grid_worker", ours, None),
        ("duty_officer", (), open_case),
    ]
    for role, areas, case_id in may:
        viewer = files.become(role, areas=areas)
        assert ask(viewer, person, case_id=case_id).value == "19900000001"
    for role in ("property", "subdistrict", "privacy", "admin", "wall", "resident", "source"):
        with pytest.raises(NotAllowed):
            ask(files.become(role), person, case_id=open_case)
    for viewer in (
        files.become("grid_worker", areas=theirs),
        files.become("grid_worker"),
        files.become("secretary", "other"),
        files.become("secretary", areas=theirs),
    ):
        with pytest.raises(NotThere):
            ask(viewer, person, case_id=open_case)
    until(lambda: len(refusals(files)) == 11)


@pytest.mark.parametrize("kind", ["key", "kiosk", "cli"])
def test_only_a_signed_in_person_opens_anything(files, ask, kind) -> None:
    person = files.wang()
    other = Viewer(kind, "x", "secretary", frozenset({"demo"}))
    with pytest.raises(NotAllowed):
        ask(other, person)


REFUSED = [
    ({"purpose": "curiosity"}, "purpose_unknown"),
    ({"reason": "看"}, "reason_too_short"),
    ({"reason": "长" * 201}, "reason_too_long"),
    ({"field": "door "}, "field_not_sealed"),
    ({"field": "place_id"}, "field_not_sealed"),
    ({"field": "'; drop table"}, "field_not_sealed"),
    ({"field": "employer"}, "value_missing"),
    ({"case_id": "no-such-case"}, "case_unknown"),
]


@pytest.mark.parametrize(("wrong", "code"), REFUSED)
def test_a_refusal_has_its_code_and_leaves_a_line(files, ask, wrong, code) -> None:
    person = files.wang()
    with pytest.raises(UnmaskRefused) as refusal:
        ask(files.become("secretary"), person, **wrong)
    assert refusal.value.code == code
    until(lambda: [line[7] for line in refusals(files)] == [code])


def test_a_duty_officer_names_an_open_case_of_the_community(files, ask) -> None:
    person = files.wang()
    officer = files.become("duty_officer")
    cases = {
        None: "case_needed",
        files.case("closed"): "case_closed",
        files.case(community_id="other"): "case_unknown",
    }
    for case_id, code in cases.items():
        with pytest.raises(UnmaskRefused) as refusal:
            ask(officer, person, case_id=case_id)
        assert refusal.value.code == code


def test_a_childs_values_open_for_the_secretary_alone(files, ask) -> None:
    child = files.child(phone="19900000003")
    case = files.case()
    for viewer in (
        files.become("duty_officer"),
        files.become("grid_worker", areas=[files.area(1)]),
    ):
        with pytest.raises(UnmaskRefused) as refusal:
            ask(viewer, child, case_id=case)
        assert refusal.value.code == "guarded_child"
    assert ask(files.become("secretary"), child).value == "19900000003"


def test_whoever_opens_too_many_has_to_wait_and_others_need_not(files, ask) -> None:
    person = files.wang()
    copier = files.become("secretary")
    for _ in range(MOST_IN_SPAN):
        ask(copier, person)
    with pytest.raises(UnmaskRefused) as refusal:
        ask(copier, person)
    assert refusal.value.code == "too_many_unmaskings"
    done = [line for line in files.audit() if line[1] == "done"]
    assert len(done) == MOST_IN_SPAN
    assert any(line[7] == "too_many_unmaskings" for line in refusals(files))
    other = Viewer("account", "secretary-2", "secretary", frozenset({"demo"}))
    assert ask(other, person).value == "19900000001"


def test_an_erased_persons_values_open_for_nobody(files, ask) -> None:
    from actions.files.erase import remove_person

    person = files.wang()
    files.vault.keyring.erase([person])
    with pytest.raises(UnmaskRefused) as refusal:
        ask(files.become("secretary"), person)
    assert refusal.value.code == "value_missing"
    files.store.write(lambda tx: remove_person(tx, person, actor="cli")).result()
    with pytest.raises(NotThere):
        ask(files.become("secretary"), person)
