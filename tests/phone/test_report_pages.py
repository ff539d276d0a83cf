"""The resident's page and private link: one report however often it is sent, nothing leaks."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from starlette.testclient import TestClient

from actions.access import current_viewer
from actions.cases.moves import move_case
from actions.reporting.limits import BOUNDS
from data.store import Store
from rules.case_facts import Move
from rules.viewer import Viewer

ROOT = Path(__file__).parents[2]
ID = "a" * 32
OFFICER = Viewer("account", "officer", "duty_officer", frozenset({"demo"}))
FIRST_LOAD = 200_000


def picture(colour: str = "red") -> bytes:
    written = BytesIO()
    Image.new("RGB", (60, 40), colour).save(written, "JPEG")
    return written.getvalue()


def send(client: TestClient, *photos: bytes, json: bool = False, **given: str) -> Any:
    fields = {"id": ID, "c": "demo", "text": "3号楼楼道灯不亮", "step": "send", **given}
    files = [("photo", (f"{n}.jpg", raw, "image/jpeg")) for n, raw in enumerate(photos)]
    headers = {"Accept": "application/json"} if json else {}
    return client.post("/report", data=fields, files=files or None, headers=headers)


def cases(store: Store) -> list[tuple[Any, ...]]:
    query = "select category, channel, locality, accuracy_m, source_crs from case_now"
    return store.cursor().execute(query).fetchall()


def count(store: Store, table: str) -> int:
    return int(store.cursor().execute(f"select count(*) from {table}").fetchall()[0][0])


def test_a_report_with_place_photo_and_number_is_taken_without_an_account(
    client: TestClient, store: Store, places: dict[str, str]
) -> None:
    answer = send(client, picture(), p=places["1号楼"], number="13900000001", answer_0="昨晚")
    assert answer.status_code == 303
    link = answer.headers["location"]
    assert re.fullmatch(r"/r/[0-9a-f]{32}\?new=1", link)
    assert cases(store) == [("street_light", "report", "1号楼", None, "WGS84")]
    page = client.get(link).text
    assert "路灯" in page or "street" in page.lower()
    assert "139****0001" in page and "13900000001" not in page
    photo = re.search(r'src="(/r/[^"]+/photos/[^"]+)"', page)
    assert photo is not None
    shown = client.get(photo.group(1))
    assert (shown.status_code, shown.headers["content-type"]) == (200, "image/jpeg")
    stored = str(store.cursor().execute("from case_contact").fetchall())
    assert "13900000001" not in stored
    assert ID not in str(store.cursor().execute("from case_link_event").fetchall())
    assert link[3:35] not in str(store.cursor().execute("from case_link_event").fetchall())


def test_the_same_report_sent_again_is_one_case_with_one_link(
    client: TestClient, store: Store, places: dict[str, str]
) -> None:
    links = {send(client, picture(), json=True, p=places["1号楼"]).json()["link"] for _ in range(3)}
    assert len(links) == 1
    assert (count(store, "case_event"), count(store, "case_link_now")) == (1, 1)
    assert count(store, "case_photo_now") == 1


def test_a_position_keeps_how_it_was_said_and_how_exact(client: TestClient, store: Store) -> None:
    send(client, lon="113.0005", lat="33.0005", accuracy="25", crs="GCJ02", text="井盖坏了")
    assert cases(store)[0][3:] == (25.0, "GCJ02")
    raw = store.cursor().execute("select raw_x, lon from case_now").fetchall()[0]
    assert raw[0] == 113.0005 and raw[1] != raw[0]


def test_an_open_report_nearby_is_offered_and_followed(
    client: TestClient, store: Store, places: dict[str, str]
) -> None:
    send(client, p=places["1号楼"])
    asked = {"c": "demo", "text": "楼道灯不亮", "p": places["1号楼"]}
    said = client.post("/report/look", data=asked).json()
    assert said["category"] == "street_light" and said["questions"]
    (near,) = said["nearby"]
    assert "楼道灯" not in near["words"]  # nothing anybody wrote
    looked = client.post("/report", data={**asked, "id": "b" * 32, "step": "look"})
    assert f'value="{near["id"]}"' in looked.text
    answer = send(client, id="b" * 32, p=places["1号楼"], follow=near["id"], text="我家也是")
    assert answer.status_code == 303
    assert (count(store, "case_now"), count(store, "case_link_now")) == (1, 2)
    page = client.get(answer.headers["location"]).text
    assert "我家也是" in page and "3号楼楼道灯不亮" not in page  # the other one's words


def test_the_link_answers_rates_and_asks_to_reopen(
    client: TestClient, store: Store, places: dict[str, str]
) -> None:
    link = send(client, p=places["1号楼"]).headers["location"].partition("?")[0]
    case_id = store.rows("case/ids", community_id="demo")[0]["case_id"]
    assert client.post(link, data={"deed": "rate", "stars": "5"}).status_code == 422  # still open
    assert client.post(link, data={"deed": "reply", "words": "还在漏"}).status_code == 303
    token = current_viewer.set(OFFICER)
    for move in (
        Move("accept"),
        Move("answer", text="已联系电工"),
        Move("verify"),
        Move("close", text="灯已换新", outcome="solved", verification="pass"),
    ):
        move_case(store, OFFICER, case_id, move)
    current_viewer.reset(token)
    page = client.get(link).text
    assert "灯已换新" in page and "已联系电工" in page
    assert client.post(link, data={"deed": "rate", "stars": "9"}).status_code == 422
    assert client.post(link, data={"deed": "rate", "stars": "4"}).status_code == 303
    assert client.post(link, data={"deed": "reopen", "words": "又灭了"}).status_code == 303
    row = store.rows("desk/case", case_id=case_id)[0]
    assert (row["rating"], row["asked_action"]) == (4, "reopen")


def test_the_number_and_then_the_words_can_be_erased(
    client: TestClient, store: Store, places: dict[str, str]
) -> None:
    sent = send(client, picture(), p=places["1号楼"], number="13900000001")
    link = sent.headers["location"].partition("?")[0]
    assert client.post(link, data={"deed": "erase"}).status_code == 422  # people work on it
    assert client.post(link, data={"deed": "forget"}).status_code == 303
    assert count(store, "case_contact") == 0
    case_id = store.rows("case/ids", community_id="demo")[0]["case_id"]
    token = current_viewer.set(OFFICER)
    move_case(store, OFFICER, case_id, Move("reject", text="不属于本社区"))
    current_viewer.reset(token)
    assert client.post(link, data={"deed": "erase"}).status_code == 303
    assert count(store, "case_photo_event") == 0
    texts = store.cursor().execute("select description, note from case_text").fetchall()
    assert texts == [(None, "不属于本社区")]
    audited = store.cursor().execute("select action from audit_event order by seq").fetchall()
    assert ("case.report_erase",) in audited


@pytest.mark.parametrize(
    "given",
    [
        {"text": " "},
        {"text": "灯" * 2001},
        {"id": "short"},
        {"p": "nowhere"},
        {"number": "not a number"},
        {"p": "", "address": ""},
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_kept(
    client: TestClient, store: Store, places: dict[str, str], given: dict[str, str]
) -> None:
    answer = send(client, **{"p": places["1号楼"], **given})
    assert answer.status_code == 422
    assert count(store, "case_now") == 0
    assert "<form" in answer.text


def test_hostile_words_stay_words(client: TestClient, places: dict[str, str]) -> None:
    attack = '<script>alert(1)</script>"><img src=x onerror=alert(2)>\x00\x1b'
    looked = send(client, step="look", text=attack, p=places["1号楼"], address=attack)
    assert "<script>alert" not in looked.text and "<img src=x" not in looked.text
    link = send(client, text=attack, p=places["1号楼"], address=attack).headers["location"]
    page = client.get(link).text
    assert "<script>alert" not in page and "<img src=x" not in page and "\x00" not in page


def test_a_picture_that_is_none_does_not_hold_the_report_up(
    client: TestClient, store: Store, places: dict[str, str]
) -> None:
    answer = send(client, b"MZ not a picture", p=places["1号楼"])
    assert answer.status_code == 303 and "photo=image_format" in answer.headers["location"]
    assert (count(store, "case_now"), count(store, "case_photo_now")) == (1, 0)
    page = client.get(answer.headers["location"]).text
    assert "phone-bad" in page


def test_links_cannot_be_tried_out_nor_the_page_flooded(
    client: TestClient, places: dict[str, str]
) -> None:
    for n in range(BOUNDS["link"][0]):
        assert client.get(f"/r/{n:032x}").status_code == 404
    assert client.get(f"/r/{'f' * 32}").status_code == 429
    answers = [
        send(client, id=f"{n:032d}", p=places["1号楼"], text=f"第 {n} 件").status_code
        for n in range(BOUNDS["report"][0] + 1)
    ]
    assert answers[:-1] == [303] * BOUNDS["report"][0] and answers[-1] == 429


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
def test_the_first_load_is_light_and_knows_the_place_of_its_code(
    client: TestClient, places: dict[str, str], lang: str
) -> None:
    page = client.get(f"/report?p={places['2号楼']}&lang={lang}")
    assert page.status_code == 200
    assert ("2号楼" if lang == "zh-CN" else "Building 2") in page.text
    parts = re.findall(r'(?:src|href)="/assets/([^"]+)"', page.text)
    assert {"phone.css", "phone_report.js", "phone_queue.js"} <= set(parts)
    size = len(page.content) + sum((ROOT / "assets" / part).stat().st_size for part in parts)
    assert size < FIRST_LOAD, size
    plan = client.get("/report/plan.svg?c=demo")
    assert plan.headers["content-type"].startswith("image/svg+xml") and "<path" in plan.text


@pytest.mark.parametrize("script", ["phone_queue", "phone_report"])
def test_the_scripts_run_on_old_phones(script: str) -> None:
    text = (ROOT / "assets" / f"{script}.js").read_text(encoding="utf-8")
    newer = re.findall(r"\?\.|\?\?|\{\s*\.\.\.|catch \{|\.flat\(|\.at\(|matchAll|import ", text)
    assert not newer, newer
