"""A community edits its catalogue by form and by file; open deadlines move only when asked to."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from actions.access import CLI, NotAllowed, NotThere
from actions.catalogue.editing import CatalogueDesk, CategoryNameTaken, FileRow
from actions.catalogue.files import CatalogueFileInvalid, read_rows, write_csv, write_xlsx
from actions.catalogue.reading import categories, category
from actions.catalogue.recomputing import recompute_deadlines
from actions.intake.recording import record_community
from actions.vault import Vault
from data.rebuild import rebuild
from data.store import Store
from rules.catalogue import default_catalogue
from rules.catalogue_rows import CategoryInvalid, write_entry
from rules.records import CommunityRecord
from tests.case_desk import MORNING, WHY, CaseDesk
from tests.desk_store import fill
from tests.rules.test_catalogue_rows import GOOD

REPORTED = MORNING - timedelta(hours=1)


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Iterator[CatalogueDesk]:
    """The catalogue of demo."""
    vault = Vault.open(tmp_path / "keys", store)
    yield CatalogueDesk(store, vault.audit, CLI, "demo")
    vault.close()


def noise(**changes: Any) -> dict[str, str]:
    """The default for noise as a row, with changes."""
    return {**write_entry(default_catalogue()["noise"]), **changes}


def audited(desk: CatalogueDesk, action: str) -> list[tuple[Any, ...]]:
    """Result, subject and detail of lines of the audit; to be asked at the end."""
    desk.audit.close()
    cursor = desk.store.cursor()
    rows = cursor.execute(
        "select result, subject_id, detail from audit_event where action = ? order by seq", [action]
    ).fetchall()
    cursor.close()
    return rows


def test_a_saved_category_holds_at_once_and_the_same_again_changes_nothing(
    desk: CatalogueDesk,
) -> None:
    fill(desk.store)
    desk.save(GOOD)
    desk.save(GOOD)
    desk.save(noise(limit_value="4"))
    desk.save(write_entry(default_catalogue()["pets"]))  # as it is by default
    found = {entry.code: entry for entry in categories(desk.store, "demo")}
    assert found["drone"].name_zh == "无人机扰民" and not found["drone"].default
    assert (found["noise"].limit_value, found["noise"].default) == (4, False)
    assert found["pets"].default
    with pytest.raises(CategoryInvalid):
        desk.save({**GOOD, "urgency": "very"})
    lines = audited(desk, "catalogue.change")
    assert [line[:2] for line in lines if line[0] == "done"] == [("done", "drone"),
                                                                 ("done", "noise")]  # fmt: skip


def test_out_of_use_is_not_offered_and_comes_back(desk: CatalogueDesk) -> None:
    fill(desk.store)
    desk.set_in_use("pets", False)
    assert "pets" not in [entry.code for entry in categories(desk.store, "demo")]
    kept = category(desk.store, "demo", "pets")
    assert kept is not None and kept.name_zh == "宠物管理"
    desk.set_in_use("pets", True)
    assert "pets" in [entry.code for entry in categories(desk.store, "demo")]
    with pytest.raises(NotThere):
        desk.set_in_use("dragons", False)


def test_only_who_may_set_up_a_community_changes_its_catalogue(store: Store, desk: Any) -> None:
    people = CaseDesk(store).set_up()
    officer = replace(desk, asking=people.viewers["officer"])
    for attempt in (
        lambda: officer.save(GOOD),
        lambda: officer.take_rows([]),
        lambda: recompute_deadlines(officer),
    ):
        with pytest.raises(NotAllowed):
            attempt()
    secretary = replace(desk, asking=people.viewers["secretary"])
    assert secretary.save(GOOD).code == "drone"
    with pytest.raises(NotThere):
        replace(secretary, community_id="other").save(GOOD)


def test_a_code_has_one_name_in_the_installation(desk: CatalogueDesk) -> None:
    fill(desk.store)
    desk.save(noise(name_zh="噪音"))  # alone, a community names as it likes
    record_community(desk.store, CommunityRecord(community_id="two", name_zh="二")).result()
    other = replace(desk, community_id="two")
    desk.save(GOOD)
    with pytest.raises(CategoryNameTaken):
        other.save({**GOOD, "name_zh": "风筝"})
    with pytest.raises(CategoryNameTaken):
        other.save(write_entry(replace(default_catalogue()["pets"], name_zh="犬只")))
    assert other.save({**GOOD, "limit_value": "9"}).limit_value == 9


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_exported_catalogue_reads_back_as_the_same(desk: CatalogueDesk, form: str) -> None:
    fill(desk.store)
    desk.save({**GOOD, "standard_ref": "-04"})  # begins like a formula
    write = write_csv if form == "csv" else write_xlsx
    content = write(desk.entries())
    rows = read_rows(f"c.{form}", content)
    assert len(rows) == len(default_catalogue()) + 1
    done = desk.take_rows(rows)
    assert (done.changed, done.refused) == ((), ()) and done.unchanged == len(rows)
    if form == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        assert not [c for row in sheet.iter_rows() for c in row if c.data_type == "f"]


def test_bad_rows_are_answered_with_their_number_and_good_rows_go_on(desk: CatalogueDesk) -> None:
    fill(desk.store)
    text = (
        "code,name_zh,group,urgency,limit_value,limit_kind\n"
        "drone,无人机,noise,ordinary,2,work_day\n"
        "\n"
        "kite,风筝,noise,ordinary,soon,work_day\n"
        "drone,又一个,noise,ordinary,2,work_day\n"
        "lamp,灯,weather,ordinary,2,work_day\n"
        "stairs,楼梯,repairs,hazard,4,work_hour\n"
    )
    for encoding in ("utf-8-sig", "gb18030"):
        done = desk.take_rows(read_rows("c.csv", text.encode(encoding)))
        assert [(r.number, r.category, r.field, r.code) for r in done.refused] == [
            (4, "kite", "limit_value", "category_invalid"),
            (5, "drone", "code", "category_invalid"),
            (6, "lamp", "group", "category_invalid"),
        ]
    assert {"drone", "stairs"} <= {entry.code for entry in categories(desk.store, "demo")}
    assert all(table.same for table in rebuild(desk.store) if table.table == "category_now")
    assert audited(desk, "catalogue.import") == [("done", None, "2 changed, 3 refused")]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("c.csv", b""),
        ("c.csv", b"name_zh\nx\n"),  # no code
        ("c.csv", b"code,code\na,b\n"),
        ("c.csv", b'code\n"open'),
        ("c.csv", b"\xff\xff\xff"),
        ("c.xlsx", b"PK not a zip"),
        ("c.csv", b"code\n" + b"x\n" * 2_001),
        ("c.csv", b"x" * (2 * 1024 * 1024 + 1)),
    ],
)
def test_what_is_no_catalogue_is_refused_as_a_whole(name: str, content: bytes) -> None:
    with pytest.raises(CatalogueFileInvalid):
        read_rows(name, content)


def test_open_deadlines_move_when_asked_with_an_event_each_and_finished_ones_never(
    desk: CatalogueDesk,
) -> None:
    people = CaseDesk(desk.store).set_up()
    given = {
        "open": people.report("open"),
        "closed": people.report("closed"),
        "source": people.report("source", deadline_at=REPORTED + timedelta(days=9)),
        "pets": people.report("pets", category="pets"),
    }
    people.to("closed", given["closed"])
    before = {name: people.case(case_id) for name, case_id in given.items()}
    desk.save(noise(limit_value="3", limit_kind="urgent_hour"))
    assert people.case(given["open"])["deadline_at"] == before["open"]["deadline_at"]
    done = recompute_deadlines(desk)
    assert done.moved == 1
    after = {name: people.case(case_id) for name, case_id in given.items()}
    assert after["open"]["deadline_at"] == REPORTED + timedelta(hours=3)
    assert (after["open"]["limit_value"], after["open"]["limit_kind"]) == (3, "urgent_hour")
    assert after["open"]["status"] == before["open"]["status"]
    for name in ("closed", "source", "pets"):
        assert after[name]["event_id"] == before[name]["event_id"]
    assert recompute_deadlines(desk).moved == 0
    cursor = desk.store.cursor()
    kinds = cursor.execute(
        "select event_kind from case_event where case_id = ? order by event_id", [given["open"]]
    ).fetchall()
    cursor.close()
    assert kinds == [("reported",), ("deadline_recomputed",)]
    assert [line[2].split()[0] for line in audited(desk, "catalogue.recompute")] == ["1", "0"]


def test_a_pause_keeps_its_worth_when_a_deadline_is_reckoned_anew(desk: CatalogueDesk) -> None:
    people = CaseDesk(desk.store).set_up()
    case_id = people.report(category="gas_leak")  # one continuous hour
    people.to("dispatched", case_id)
    people.move("officer", case_id, "ask_suspend", 10, text=WHY)
    people.move("secretary", case_id, "suspend", 20, text=WHY)
    people.move("officer", case_id, "resume", 50)
    row = write_entry(default_catalogue()["gas_leak"])
    desk.save({**row, "limit_value": "5"})
    recompute_deadlines(desk)
    paused = timedelta(minutes=30)
    assert people.case(case_id)["deadline_at"] == REPORTED + timedelta(hours=5) + paused


def test_a_row_of_a_file_knows_where_it_stood() -> None:
    rows = read_rows("c.csv", b"\xef\xbb\xbfCode , name_zh\n\nx,y\n")
    assert rows == [FileRow(3, {**dict.fromkeys(rows[0].cells, ""), "code": "x", "name_zh": "y"})]
