"""A bulk export waits for a second person, is fetched by its asker alone, and lasts a day."""

from __future__ import annotations

import hashlib
import stat
from datetime import date, timedelta
from typing import Any

import pytest

from actions.access import NotAllowed, NotThere
from actions.deciding import decide, let_time_pass, withdraw
from actions.files import export_rows
from actions.files.bulk_export import ExportWish, SpanInvalid, ask_export, exports_of, registers_for
from actions.files.export_fetching import ExportGone, delete_over, fetch
from actions.files.export_files import SealedFiles, key_of
from actions.files.export_rows import ExportTooLarge
from actions.intake.recording import record
from data.rebuild import rebuild
from rules.approvals import CodeUnknown, ReasonNeeded
from rules.privacy import ACCOUNT_ROLES
from rules.records import CaseRecord
from rules.spreadsheets import SheetTable, Watermark
from rules.viewer import Viewer
from tests.rights_stage import NAME, PHONE, Stage, officer

REASON = "虚构的理由：上级要求统计"
ASKER, SECOND = officer("secretary"), officer("privacy")


def wish(register: str = "persons", **more: Any) -> ExportWish:
    return ExportWish(**{"register": register, "purpose": "data_check", "reason": REASON, **more})


def plain(table: SheetTable, mark: Watermark, kind: str) -> bytes:
    """Write a table without words, for tests of everything around it."""
    lines = [repr(mark), kind, "|".join(table.columns), *("|".join(row) for row in table.rows)]
    return "\n".join(lines).encode()


def files_of(register: Stage) -> SealedFiles:
    return SealedFiles(register.keyring, register.folder / "exports")


def ask(register: Stage, /, viewer: Viewer = ASKER, **more: Any) -> str:
    return ask_export(register.approvals, viewer, "demo", wish(**more))


def approval_of(register: Stage, export_id: str) -> str:
    row = register.store.rows("export_file/one", export_id=export_id, approval_id=None)[0]
    return str(row["approval_id"])


def allowed(register: Stage, /, **more: Any) -> str:
    export_id = ask(register, **more)
    decide(register.approvals, SECOND, approval_of(register, export_id), True)
    return export_id


def take(register: Stage, export_id: str, viewer: Viewer = ASKER, kind: str = "csv") -> str:
    content, _ = fetch(register.approvals, files_of(register), viewer, export_id, kind, plain)
    return content.decode()


@pytest.mark.parametrize("role", ACCOUNT_ROLES)
def test_each_role_asks_only_for_what_the_matrix_gives_it(role: str) -> None:
    allowed = {"secretary": ("persons", "cases"), "privacy": ("audit", "camera_viewings")}
    assert registers_for(role) == allowed.get(role, ())


@pytest.mark.parametrize(
    ("viewer", "register_name", "refusal"),
    [
        (officer("duty_officer"), "persons", NotAllowed),
        (officer("privacy"), "persons", NotAllowed),
        (officer("secretary"), "audit", NotAllowed),
        (officer("secretary", 1, "other"), "persons", NotThere),
        (officer("secretary"), "passwords", CodeUnknown),
    ],
)
def test_nobody_asks_beyond_it(
    register: Stage, viewer: Viewer, register_name: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        ask_export(register.approvals, viewer, "demo", wish(register_name))
    assert register.sql("select count(*) from export_file_event") == [(0,)]


def test_before_the_second_person_there_is_no_file(register: Stage) -> None:
    register.person()
    export_id = ask(register)
    with pytest.raises(ExportGone):
        take(register, export_id)
    assert not (register.folder / "exports").exists()
    detail = register.approvals.listing(SECOND, "demo")[0]["detail"]
    assert detail == {"register": "persons", "rows": 1}


@pytest.mark.parametrize("end", ["refused", "withdrawn", "lapsed"])
def test_nor_after_it_ended_otherwise(register: Stage, end: str) -> None:
    export_id = ask(register)
    if end == "refused":
        decide(register.approvals, SECOND, approval_of(register, export_id), False, "too_wide")
    elif end == "withdrawn":
        withdraw(register.approvals, ASKER, approval_of(register, export_id))
    else:
        register.later(days=3)
        let_time_pass(register.approvals)
    with pytest.raises(ExportGone):
        take(register, export_id)
    assert exports_of(register.approvals, ASKER, "demo")[0]["state"] == "refused"


def test_the_file_is_made_once_sealed_counted_and_hashed(register: Stage) -> None:
    register.person()
    export_id = allowed(register)
    first = take(register, export_id)
    assert NAME in first and PHONE in first and "purpose='data_check'" in first
    register.person(2)  # registered after the copy was made
    assert take(register, export_id) == first
    row = exports_of(register.approvals, ASKER, "demo")[0]
    assert (row["state"], row["row_count"], row["fetched"]) == ("made", 1, 2)
    assert row["csv_sha256"] == hashlib.sha256(first.encode()).hexdigest()
    folder = register.folder / "exports"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert NAME.encode() not in path.read_bytes()
    assert sorted(path.suffixes for path in folder.iterdir()) == [
        [".csv", ".sealed"],
        [".xlsx", ".sealed"],
    ]
    lines = register.audited("export.fetch")
    assert [line[0] for line in lines] == ["done", "done"]
    assert row["csv_sha256"] in lines[0][3]
    assert all(table.same for table in rebuild(register.store))


@pytest.mark.parametrize(
    "viewer",
    [
        officer("secretary", 2),
        SECOND,
        officer("secretary", 1, "other"),
        Viewer("key", "secretary-1", "secretary", frozenset({"demo"})),
    ],
)
def test_for_everybody_else_it_does_not_exist(register: Stage, viewer: Viewer) -> None:
    export_id = allowed(register)
    with pytest.raises(NotThere):
        take(register, export_id, viewer)
    with pytest.raises(NotThere):
        take(register, "../../etc/passwd")


def test_who_lost_the_role_meanwhile_gets_nothing(register: Stage) -> None:
    export_id = allowed(register)
    demoted = Viewer("account", ASKER.id, "duty_officer", ASKER.community_ids)
    with pytest.raises(NotAllowed):
        take(register, export_id, demoted)


def test_after_a_day_files_and_key_are_gone_for_good(register: Stage) -> None:
    register.person()
    export_id = allowed(register)
    take(register, export_id)
    sealed = next((register.folder / "exports").glob("*.csv.sealed"))
    kept = sealed.read_bytes()
    register.later(hours=23, minutes=59)
    assert delete_over(register.approvals, files_of(register)) == 0
    register.later(minutes=1)
    with pytest.raises(ExportGone):  # also before the clock comes by
        take(register, export_id)
    assert delete_over(register.approvals, files_of(register)) == 1
    assert delete_over(register.approvals, files_of(register)) == 0
    assert list((register.folder / "exports").iterdir()) == []
    sealed.write_bytes(kept)  # somebody kept a copy of the sealed file
    assert files_of(register).read(export_id, "csv") is None
    assert register.keyring.state_of(key_of(export_id)) == "erased"
    assert exports_of(register.approvals, ASKER, "demo")[0]["state"] == "deleted"


def test_one_that_was_never_fetched_goes_as_well(register: Stage) -> None:
    export_id = allowed(register)
    register.later(days=1)
    assert delete_over(register.approvals, files_of(register)) == 1
    with pytest.raises(ExportGone):
        take(register, export_id)


def test_an_altered_file_is_not_handed_out(register: Stage) -> None:
    register.person()
    export_id = allowed(register)
    take(register, export_id)
    path = next((register.folder / "exports").glob("*.csv.sealed"))
    path.write_text("AQ" + path.read_text()[2:-8] + "AAAAAAA=")
    with pytest.raises(ExportGone):
        take(register, export_id)


def test_sensitive_values_and_children_are_left_out(register: Stage) -> None:
    register.cared()
    born = (register.now - timedelta(days=9 * 366)).date().isoformat()
    register.person(3, birth_date=born, guardian_consent_on=register.now.date().isoformat())
    text = take(register, allowed(register))
    assert NAME in text and "李演示3" not in text
    assert "care_category" not in text and "living_alone" not in text


def test_an_area_takes_what_lies_below_it_and_nothing_else(register: Stage) -> None:
    area = register.sql("select area_id from area_now where source_id = 'g1'")[0][0]
    register.person()
    assert NAME not in take(register, allowed(register, area_id=area))
    with pytest.raises(NotThere):
        ask(register, area_id="no-such-area")


def test_a_viewer_with_areas_of_his_own_copies_no_more_than_those(register: Stage) -> None:
    area = register.sql("select area_id from area_now where source_id = 'g1'")[0][0]
    register.person()
    narrow = Viewer("account", "s9", "secretary", frozenset({"demo"}), frozenset({area}))
    export_id = ask(register, narrow)
    decide(register.approvals, SECOND, approval_of(register, export_id), True)
    assert NAME not in take(register, export_id, narrow)


def test_cases_carry_their_words_within_the_days_asked_for(register: Stage) -> None:
    for number, days in ((1, 1), (2, 40)):
        case = CaseRecord(
            source_id=f"c{number}",
            category="noise",
            title=f"=虚构{number}",
            reported_at=register.now - timedelta(days=days),
        )
        record(register.store, "cases", "demo", "t", [case]).result()
    since = register.now.date() - timedelta(days=7)
    text = take(register, allowed(register, register="cases", since=since))
    assert "虚构1" in text and "虚构2" not in text


def test_the_audit_goes_without_reasons(register: Stage) -> None:
    ask(register)
    second = officer("privacy", 2)
    export_id = ask_export(register.approvals, second, "demo", wish("audit"))
    decide(register.approvals, officer("privacy", 3), approval_of(register, export_id), True)
    text = take(register, export_id, second)
    assert "approval.ask" in text and REASON not in text


@pytest.mark.parametrize(("since", "until"), [(5, 6), (0, 3), (1_200, 0), (None, -2)])
def test_days_in_the_wrong_order_ahead_or_too_many_are_refused(
    register: Stage, since: int | None, until: int
) -> None:
    today = register.now.date()
    days = {
        "since": today - timedelta(days=since) if since is not None else None,
        "until": today - timedelta(days=until),
    }
    with pytest.raises(SpanInvalid):
        ask(register, register="cases", **days)
    with pytest.raises(SpanInvalid):
        ask(register, register="cases", since=date.max, until=date.max)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [({"reason": ""}, ReasonNeeded), ({"purpose": "curiosity"}, CodeUnknown)],
)
def test_purpose_and_reason_are_needed(
    register: Stage, more: dict[str, str], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        ask(register, **more)


def test_more_rows_than_one_copy_may_hold_are_refused(
    register: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export_rows, "MOST_ROWS", 1)
    register.person(1)
    register.person(2)
    with pytest.raises(ExportTooLarge):
        ask(register)


def test_after_a_restored_backup_a_destroyed_export_stays_destroyed(register: Stage) -> None:
    register.person()
    export_id = allowed(register)
    register.keyring.erase([key_of(export_id)])  # the backup is older than its end
    with pytest.raises(ExportGone):
        take(register, export_id)
