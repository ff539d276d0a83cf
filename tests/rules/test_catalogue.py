"""A community's own rows lie over the defaults; a report's words suggest a category."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rules.catalogue import GROUPS, default_catalogue, overlaid, suggested
from rules.catalogue_defaults import DEFAULTS
from rules.vocabulary import CATEGORIES, ORGANISATION_KINDS

NOISE = default_catalogue()["noise"]


def test_every_category_has_a_whole_default_and_every_group_has_one() -> None:
    assert set(DEFAULTS) == set(CATEGORIES)
    assert {default.group for default in DEFAULTS.values()} == set(GROUPS)
    for default in DEFAULTS.values():
        assert default.organisation_kind in ORGANISATION_KINDS
        assert all(word == word.casefold().strip() for word in default.keywords)
    assert all(entry.default and entry.in_use for entry in default_catalogue().values())


def test_own_rows_replace_defaults_add_to_them_and_take_them_out_of_use() -> None:
    stricter = replace(NOISE, limit_value=1, default=False)
    own = replace(NOISE, code="drone", name_zh="无人机", position=15, default=False)
    gone = replace(default_catalogue()["pets"], in_use=False, default=False)
    found = overlaid([stricter, own, gone])
    assert (found["noise"].limit_value, found["noise"].default) == (1, False)
    assert list(found)[:3] == ["lift_entrapment", "drone", "gas_leak"]  # 10, 15, 20
    assert not found["pets"].in_use and found["parking"].default
    assert len(found) == len(CATEGORIES) + 1


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("三号楼电梯困人了快来", "lift_entrapment"),  # says more than the lift alone
        ("3号楼的电梯一直嗡嗡响", "lift_fault"),
        ("我们楼想加装电梯", "project"),  # the longer word wins
        ("楼下广场舞太吵", "noise"),
        ("地下室漏水", "pipe_leak"),
        ("小区停电两个小时了", "power_outage"),
        ("有人拉线充电，楼道里全是电瓶车", "wire_charging"),
        ("消防通道被私家车堵了", "fire_lane_blocked"),
        ("Two DOGS off the lead", "pets"),  # plural, capitals
        ("The street light at gate 2 is out", "street_light"),
    ],
)
def test_the_words_of_a_report_suggest_its_category(text: str, first: str) -> None:
    assert suggested(text, default_catalogue().values())[0] == first


@pytest.mark.parametrize("text", ["", "你好", "an education petition"])  # no cat, no pet
def test_nothing_is_guessed_without_a_word(text: str) -> None:
    assert suggested(text, default_catalogue().values()) == []


def test_a_category_out_of_use_is_not_suggested_and_an_own_one_is() -> None:
    own = replace(NOISE, code="drone", name_zh="无人机", keywords=("无人机",), default=False)
    found = overlaid([replace(NOISE, in_use=False), own])
    assert suggested("楼下太吵", found.values()) == []
    assert suggested("无人机在窗外", found.values()) == ["drone"]
