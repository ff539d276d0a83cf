"""Formulas in every text that can be copied out: no cell of any copy begins with one."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import openpyxl
import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from actions.approvals import Approvals
from actions.deciding import decide
from actions.files.bulk_export import ExportWish, ask_export
from actions.intake.recording import record
from api.services import Services
from components import ids
from data.audit import AuditLine
from data.store import Store
from rules.record_fields import clean_text
from rules.records import parse_record
from rules.viewer import Viewer
from tests.hostile.payloads import FORMULAS

Cookies = dict[str, str]
Sheet = list[list[str]]
ASKER = {"persons": "secretary", "cases": "secretary", "audit": "privacy"}
WORDS = [clean_text(formula) or "" for formula in FORMULAS]
REASON = "年度核对" + FORMULAS[0]


def begins_a_formula(cell: str) -> bool:
    """What spreadsheets calculate, after what they skip, in plain and in full width."""
    return cell.lstrip(" \u3000\ufeff\u200b")[:1] in {*"=+-@\t\r\n＝＋－＠"}


def officer(role: str, number: str = "demo") -> Viewer:
    return Viewer("account", f"{role}-{number}", role, frozenset({"demo"}), label="=1+1")


@pytest.fixture(scope="module")
def approvals(app: FastAPI) -> Approvals:
    """What exports are asked for with."""
    parts: Services = app.state.services
    return Approvals(parts.store, parts.keyring, parts.audit)


@pytest.fixture(scope="module")
def copies(store: Store, approvals: Approvals) -> dict[str, str]:
    """Formulas in everything, and an allowed export of each register: its id by register."""
    for kind, rows in hostile_rows().items():
        records: list[Any] = [parse_record(kind, row) for row in rows]
        results = record(store, kind, "demo", "t", records).result()
        assert {each.result for each in results} == {"new"}, results
    for formula in FORMULAS:
        line = AuditLine(formula, "done", formula, "secretary", "demo", field=formula,
                         case_id=formula, origin=formula, detail=formula)  # fmt: skip
        approvals.audit.record(line).result()
    made = {}
    for register, role in ASKER.items():
        wish = ExportWish(register, "data_check", REASON)
        made[register] = ask_export(approvals, officer(role), "demo", wish)
        row = store.rows("export_file/one", export_id=made[register], approval_id=None)[0]
        decide(approvals, officer("secretary", "second"), row["approval_id"], True)
    return made


def hostile_rows() -> dict[str, list[dict[str, Any]]]:
    at = datetime.now(UTC)
    cases = [
        {
            "source_id": f"sheet-{n}",
            "reported_at": at,
            **dict.fromkeys(
                ("category", "title", "description", "address", "locality", "channel"), formula
            ),
        }
        for n, formula in enumerate(FORMULAS)
    ]
    people = [
        {
            "source_id": f"sheet-{n}",
            **dict.fromkeys(("name", "employer", "emergency_name", "address"), formula),
        }
        for n, formula in enumerate(FORMULAS)
    ]
    return {"cases": cases, "persons": people}


@pytest.fixture(scope="module")
def sheets(
    client: TestClient,
    copies: dict[str, str],
    signed_in: Callable[..., Cookies],
    header_of: Callable[[Cookies], dict[str, str]],
) -> dict[tuple[str, str], Sheet]:
    """Every copy there is as rows of cells, by register and kind of file."""
    found = {}
    for register, export_id in copies.items():
        header = header_of(signed_in(ASKER[register]))
        for kind in ("csv", "xlsx"):
            answer = client.get(f"/exports/{export_id}?format={kind}", headers=header)
            assert answer.status_code == 200, answer.text
            read = csv_rows if kind == "csv" else xlsx_rows
            found[register, kind] = read(answer.content)
    header = header_of(signed_in("privacy"))
    answer = client.post("/_dash-update-component", json=audit_call(), headers=header)
    content = answer.json()["response"][ids.AUDIT_DOWNLOAD]["data"]["content"]
    found["audit page", "csv"] = csv_rows(content.encode())
    return found


def audit_call() -> dict[str, Any]:
    """What the page of the audit sends for a copy."""
    outputs = [(ids.AUDIT_DOWNLOAD, "data"), (ids.AUDIT_EXPORT_NOTE, "children")]
    states = [
        (ids.AUDIT_OPENED, "data", {"community": "demo"}),
        (ids.AUDIT_REASON, "value", REASON),
    ]
    return {
        "output": "..".join(["", "...".join(f"{i}.{p}" for i, p in outputs), ""]),
        "outputs": [{"id": i, "property": p} for i, p in outputs],
        "inputs": [{"id": ids.AUDIT_EXPORT, "property": "n_clicks", "value": 1}],
        "state": [{"id": i, "property": p, "value": v} for i, p, v in states],
        "changedPropIds": [f"{ids.AUDIT_EXPORT}.n_clicks"],
        "parsedChangedPropsIds": [f"{ids.AUDIT_EXPORT}.n_clicks"],
    }


def csv_rows(content: bytes) -> Sheet:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def xlsx_rows(content: bytes) -> Sheet:
    """The texts; a cell that is no text, or leads somewhere, fails."""
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert sheet is not None
    cells = [[cell for cell in row if cell.value is not None] for row in sheet.iter_rows()]
    for cell in itertools.chain.from_iterable(cells):
        # The mark of a text: what begins like a formula stays one however it is opened.
        assert (cell.data_type, cell.hyperlink, cell.quotePrefix) == ("s", None, True), cell
    return [[f"'{cell.value}" for cell in row] for row in cells]


COPIES = [*((r, k) for r in ASKER for k in ("csv", "xlsx")), ("audit page", "csv")]


@pytest.mark.parametrize("copy", COPIES, ids=" ".join)
@pytest.mark.parametrize("word", WORDS)
def test_a_formula_is_in_the_copy_and_is_text(
    sheets: dict[tuple[str, str], Sheet], copy: tuple[str, str], word: str
) -> None:
    cells = [cell for row in sheets[copy] for cell in row]
    told = [cell for cell in cells if word in cell]
    assert told, "the copy lacks what was to be tried"
    assert [cell for cell in cells if begins_a_formula(cell)] == []
