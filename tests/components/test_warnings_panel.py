"""Upkeep warnings in words: every code has its sentence in both languages, with local times."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import plotly
import pytest

from components.warnings_panel import sentence, warning_list, warning_strip
from components.wording import current_language, knows, text
from rules.upkeep import BackupState, UpkeepFacts, UpkeepWarning, Volume, warnings_of

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
OLD = NOW - timedelta(days=9)
WORST = UpkeepFacts(
    NOW,
    last_event_at=NOW + timedelta(days=1),
    clock_step=(NOW, timedelta(hours=-2)),
    clock_synchronised=False,
    volumes=(Volume("var", 1, 100), Volume("/backup", 1024**3, 100 * 1024**3)),
    certificate=(OLD, OLD),
    insecure_http=True,
    keys_in_backup=True,
    backup=BackupState(OLD, NOW, None, "disk_full"),
)
CASES = [
    WORST,
    replace(WORST, certificate=(NOW + timedelta(days=1), NOW + timedelta(days=9)), backup=None),
    replace(WORST, certificate=(OLD, NOW + timedelta(days=9)), backup=BackupState(OLD, OLD, OLD)),
]


def shown(element: Any) -> str:
    return json.dumps(element, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("facts", CASES, ids=range(len(CASES)))
def test_every_warning_is_a_whole_sentence_with_its_severity(
    facts: UpkeepFacts, language: str
) -> None:
    token = current_language.set(language)  # type: ignore[arg-type]
    try:
        found = warnings_of(facts)
        listed = shown(warning_list(found, facts, ZONE))
        for warning in found:
            assert knows(f"warning.{warning.code}")
            said = sentence(warning, ZONE)
            assert "{" not in said and "+00:00" not in said
            assert json.dumps(said, ensure_ascii=False)[1:-1] in listed
            assert f'"data-code": "{warning.code}"' in listed
        assert text("warning.severity_alarm") in listed
    finally:
        current_language.reset(token)


def test_times_are_local_and_reasons_are_words() -> None:
    failed = UpkeepWarning("backup_failed", "alarm", {"at": NOW, "error": "disk_full"})
    assert "2026-11-22 17:00" in sentence(failed, ZONE)
    assert text("backup_error.disk_full") in sentence(failed, ZONE)
    odd = UpkeepWarning("backup_failed", "alarm", {"at": NOW, "error": "something_new"})
    assert "something_new" in sentence(odd, ZONE)
    assert sentence(UpkeepWarning("unheard_of", "alarm"), ZONE) == "unheard_of"


def test_the_strip_shows_the_most_urgent_and_the_way_to_the_rest() -> None:
    strip = shown(warning_strip(warnings_of(WORST), "demo", ZONE))
    assert '"warning-strip alarm"' in strip and '"role": "alert"' in strip
    assert '"/health?community=demo"' in strip
    calm = shown(warning_strip([UpkeepWarning("backup_off", "warning")], "", ZONE))
    assert '"warning-strip warning"' in calm and '"role": "status"' in calm
    assert warning_strip([], "demo", ZONE) is None


def test_a_machine_that_does_well_says_so_with_its_facts() -> None:
    facts = UpkeepFacts(NOW, backup=BackupState(OLD, NOW, NOW, None, "/b/2026-11-22", 13_631_488))
    listed = shown(warning_list([], facts, ZONE))
    assert text("warning.none_title") in listed
    assert "13.0 MB" in listed and "/b/2026-11-22" in listed
    assert text("upkeep.clock_unknown") in listed
    assert text("warning.not_looked_title") in shown(warning_list([], None, ZONE))
