"""GET /week.xlsx: for whoever may read the cases of a community, and nobody else."""

from __future__ import annotations

import io

import openpyxl
from starlette.testclient import TestClient


def test_the_week_is_downloaded_by_whoever_reads_cases(client: TestClient, key) -> None:
    path = "/week.xlsx?community=demo&week=2026-W47&lang=en"
    answer = client.get(path, headers=key())
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == (
        'attachment; filename="week-demo-2026-W47.xlsx"'
    )
    assert answer.headers["cache-control"] == "no-store"
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames[0] == "Figures"
    assert client.get(path).status_code == 401
    assert client.get(path, headers=key("wall")).status_code == 403
    assert client.get(path, headers=key(community_id="other")).status_code == 404
    unknown = client.get("/week.xlsx?community=demo&week=%3Cscript%3E", headers=key())
    assert unknown.status_code == 400
    assert "<script>" not in unknown.text.replace('<script src="/assets/signin.js">', "")
