"""DOMAIN R1: nothing a person wrote about a person reaches a screen, whatever view carries it."""

from __future__ import annotations

import json
from collections.abc import Callable

from data.store import Store
from data.views import VIEWS
from data.views.card import card
from data.views.plan import plan
from data.views.view import Question
from rules.records import CareRecipientRecord
from tests.data.views.given import case

Put = Callable[..., list[str]]
PLANTED = ("植入标题13800138000", "植入描述张三心脏病", "植入地址3单元502")
DOOR = "植入门牌"


def test_titles_descriptions_and_addresses_are_in_no_view_no_card_and_no_plan(
    store: Store, put: Put, ask: Callable[..., Question], town: dict[str, str]
) -> None:
    title, description, address = PLANTED
    texts = {"title": title, "description": description, "address": address}
    ids = put(
        "cases",
        case("open", place_id="b1", lon=116.31, lat=39.91, **texts),
        case("closed", status="closed", **texts),
        case("nowhere", category="other", **texts),
    )
    put(
        "care_recipients",
        *(
            CareRecipientRecord(source_id=f"{DOOR}{n}", place_id="b1", visit_every_days=7)
            for n in range(6)
        ),
    )
    sent = [json.dumps(view.compute(ask()), ensure_ascii=False) for view in VIEWS]
    sent += [json.dumps(card(store, "demo", each), ensure_ascii=False) for each in ids]
    sent += [json.dumps(card(store, "demo", each), ensure_ascii=False) for each in town.values()]
    sent.append(plan(store, "demo").decode())
    for payload in sent:
        for planted in (*PLANTED, DOOR):
            assert planted not in payload
    # The planted case is really there, so that silence means something.
    assert ids[0] in sent[0]
    stored = store.cursor()
    kept = stored.execute("select count(*) from case_text where title = ?", [title]).fetchone()
    stored.close()
    assert kept == (3,)


def test_every_view_answers_for_an_empty_community(
    ask: Callable[..., Question], town: dict[str, str]
) -> None:
    for view in VIEWS:
        json.dumps(view.compute(ask("other")), allow_nan=False)


def test_view_names_are_unique_and_the_ticker_is_first() -> None:
    names = [view.name for view in VIEWS]
    assert names[0] == "ticker"
    assert len(set(names)) == len(names)
