"""Every code has a sentence in both languages, and the sentences fit each other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from components import wording
from components.wording import (
    CATALOGUE,
    dictionary,
    duration,
    learn,
    local_name,
    named,
    phrases,
    text,
)
from rules import (
    alarm_kinds,
    camera_address,
    cameras,
    detections,
    gates,
    plan_vocabulary,
    scenes,
    vocabulary,
)

ROOT = Path(__file__).parents[2]
# Word lists of rules/vocabulary.py and the kind under which the catalogue keeps their words.
WORD_LISTS = {
    "status": vocabulary.CASE_STATUSES,
    "urgency": vocabulary.URGENCIES,
    "outcome": vocabulary.OUTCOMES,
    "limit": (*vocabulary.LIMIT_KINDS, vocabulary.SOURCE_LIMIT),
    "channel": vocabulary.CHANNELS,
    "area": vocabulary.AREA_LEVELS,
    "worker": vocabulary.WORKER_KINDS,
    "worker_mark": vocabulary.WORKER_KINDS,
    "device": vocabulary.DEVICE_KINDS,
    "state": vocabulary.DEVICE_STATES,
    "notice": vocabulary.NOTICE_KINDS,
    "location_flag": vocabulary.LOCATION_FLAGS,
    "place": vocabulary.PLACE_KINDS,
    "category": tuple(vocabulary.CATEGORIES),
    "case_action": vocabulary.CASE_ACTIONS,
    "report_check": vocabulary.REPORT_CHECKS,
    "verification": vocabulary.VERIFICATIONS,
    "supervision": vocabulary.SUPERVISIONS,
    "responder": vocabulary.RESPONDER_KINDS,
    "team": vocabulary.TEAM_KINDS,
    "dispatch_reason": vocabulary.DISPATCH_REASONS,
    "dispatch_shortfall": vocabulary.DISPATCH_SHORTFALLS,
    "dispatch_gap": vocabulary.DISPATCH_GAPS,
    "alarm_kind": alarm_kinds.ALARM_KINDS,
    "alarm_state": vocabulary.ALARM_STATES,
    "alarm_verdict": vocabulary.ALARM_VERDICTS,
    "emergency": plan_vocabulary.EMERGENCY_KINDS,
    "plan_role": plan_vocabulary.PLAN_ROLES,
    "plan_step_state": plan_vocabulary.PLAN_STEP_STATES,
    "plan_shortfall": plan_vocabulary.PLAN_SHORTFALLS,
    "plan_event": plan_vocabulary.PLAN_EVENTS,
    "organisation": vocabulary.ORGANISATION_KINDS,
    "service": vocabulary.SERVICES,
    "work_days": vocabulary.WORK_DAYS,
    "photo": vocabulary.PHOTO_KINDS,
    "video_purpose": vocabulary.VIDEO_PURPOSES,
    "video_outcome": vocabulary.VIDEO_OUTCOMES,
    "gate_state": gates.CALL_STATES,
    "gate_reason": gates.CALL_REASONS,
    "gate_kind": gates.ACTUATORS,
    "thing": detections.THINGS,
    "confidence": detections.CONFIDENCES,
    "finding": tuple(scenes.FINDINGS.values()),
    "camera_kind": (*camera_address.SOURCE_KINDS, "demo"),
    "legal_class": cameras.LEGAL_CLASSES,
    "camera_site": (*cameras.SITES, *cameras.FORBIDDEN_SITES),
}


def places(phrase: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", phrase))


@pytest.mark.parametrize("kind", WORD_LISTS)
def test_every_code_of_the_vocabulary_has_a_word_in_both_languages(kind: str) -> None:
    missing = [code for code in WORD_LISTS[kind] if f"{kind}.{code}" not in CATALOGUE]
    assert not missing


def test_every_sentence_is_there_in_both_languages_with_the_same_places() -> None:
    for code, (chinese, english) in CATALOGUE.items():
        assert chinese.strip() and english.strip(), code
        assert places(chinese) == places(english), code


def test_english_sentences_hold_no_chinese_and_chinese_ones_are_not_left_in_english() -> None:
    chinese_letter = re.compile(r"[\u4e00-\u9fff]")
    for code, (chinese, english) in CATALOGUE.items():
        if code.startswith("language."):
            continue  # names the other language in that language
        assert not chinese_letter.search(english), code
        if re.search(r"[A-Za-z]{4,}", re.sub(r"\{\w+\}", "", chinese)):
            assert chinese_letter.search(chinese), code


def test_people_are_called_care_recipients_never_key_persons() -> None:
    # DOMAIN §6: the word of the older systems is not used on any screen.
    assert not [code for code, phrases in CATALOGUE.items() if "重点人" in phrases[0]]


@pytest.mark.parametrize("folder", ["assets", "components", "pages"])
def test_every_sentence_a_screen_asks_for_by_name_exists(folder: str) -> None:
    asked = set()
    for file in (ROOT / folder).rglob("*.js" if folder == "assets" else "*.py"):
        source = file.read_text(encoding="utf-8")
        asked |= set(re.findall(r"\b(?:say|said|text)\(\s*\"([a-z_]+\.[a-z_]+)\"", source))
    assert asked, folder
    assert not asked - CATALOGUE.keys()


def test_every_error_code_raised_anywhere_has_a_sentence() -> None:
    codes = set()
    for folder in ("rules", "data", "ingest", "api", "actions"):
        for file in (ROOT / folder).rglob("*.py"):
            codes |= raised_codes(ast.parse(file.read_text(encoding="utf-8")))
    assert {"store_held", "crs_unknown", "field_missing"} <= codes
    assert not {code for code in codes if f"error.{code}" not in CATALOGUE}


def raised_codes(tree: ast.AST) -> set[str]:
    """`code = "…"` of exception classes and the first argument of RowRejected and ApiError."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            found |= {
                step.value.value
                for step in node.body
                if isinstance(step, ast.Assign)
                and [ast.unparse(target) for target in step.targets] == ["code"]
                and isinstance(step.value, ast.Constant)
                and isinstance(step.value.value, str)
            }
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "RowRejected":
            first = node.args[0]
            if isinstance(first, ast.Constant) and isinstance(first.value, str):
                found.add(first.value)
    return found


def test_an_unknown_error_code_is_named_in_the_general_sentence() -> None:
    assert text("error.never_seen", "en") == "That did not work (never_seen)"


def test_an_unknown_sentence_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        text("wall.no_such_sentence")


def test_a_missing_value_stays_visible_instead_of_reading_as_nothing() -> None:
    assert text("map.items", "en") == "{n} items"
    assert text("map.items", "en", n=3) == "3 items"


def test_the_language_is_the_one_of_the_request_unless_named() -> None:
    token = wording.current_language.set("en")
    try:
        assert text("status.closed") == "Closed"
        assert text("status.closed", "zh-CN") == "已结案"
    finally:
        wording.current_language.reset(token)
    assert text("status.closed") == "已结案"


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("en", "en"),
        ("EN-gb", "en"),  # a browser's own spelling
        ("zh", "zh-CN"),
        ("fr", "zh-CN"),  # not ours: Chinese first
        ("", "zh-CN"),
        (None, "zh-CN"),
    ],
)
def test_a_wish_for_a_language_finds_one_we_have(wish: str | None, language: str) -> None:
    assert wording.language_of(wish) == language


def test_a_category_of_a_source_that_is_not_ours_is_shown_as_it_came() -> None:
    assert named("category", "noise", "en") == "Noise"
    assert named("category", "Missed Trash/Recycling", "zh-CN") == "Missed Trash/Recycling"


@pytest.mark.parametrize(
    ("seconds", "chinese", "english"),
    [
        (0, "0 分", "0 min"),
        (-5, "0 分", "0 min"),  # a clock that runs ahead
        (59, "0 分", "0 min"),
        (60, "1 分", "1 min"),
        (3600 + 5 * 60, "1 时 05 分", "1 h 05 m"),
        (86400, "1 天", "1 d"),
        (86400 + 3 * 3600, "1 天 3 时", "1 d 3 h"),
        (3 * 86400 + 5 * 3600, "3 天", "3 d"),  # from three days on the hours do not matter
        (400 * 86400, "400 天", "400 d"),
    ],
)
def test_a_duration_reads_in_at_most_two_units(seconds: int, chinese: str, english: str) -> None:
    assert duration(seconds, "zh-CN") == chinese
    assert duration(seconds, "en") == english


def test_a_row_without_an_english_name_shows_its_chinese_one() -> None:
    row: dict[str, object] = {"name_zh": "石榴园", "name_en": None}
    assert local_name(row, "en") == "石榴园"
    assert local_name({"place_zh": None, "place_en": None}, "en", "place") == ""


def test_the_dictionary_of_a_language_is_the_whole_catalogue() -> None:
    assert dictionary("en").keys() == CATALOGUE.keys()
    assert dictionary("en")["status.closed"] == "Closed"


def test_a_communitys_own_names_go_before_ours_everywhere() -> None:
    try:
        learn({"category.drone": ("无人机", "Drone"), "category.noise": ("噪音", "Racket")})
        assert (named("category", "drone", "en"), text("category.noise", "zh-CN")) == (
            "Drone",
            "噪音",
        )
        assert dictionary("en")["category.drone"] == "Drone"
        assert phrases("category.")["category.noise"] == ("噪音", "Racket")
    finally:
        learn({})
    assert named("category", "drone", "en") == "drone"
    assert text("category.noise", "en") == "Noise"
