"""Eight weeks of demo cases: believable rhythm, ordered lives, honest shares, nobody named."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pandas as pd
import pytest

from data.calendars import work_calendar
from data.demo.history import PastCase, history, past_cases
from data.demo.matters import MATTERS
from data.demo.notices import notice_records
from data.demo.rhythm import ZONE, rainy_day
from rules.clocks import deadline
from rules.vocabulary import CASE_STATUSES, CATEGORIES, CHANNELS, FINISHED_STATUSES, PLACE_KINDS
from tests.data.demo.conftest import NOW, SEED

_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
PERSONAL = re.compile(
    r"1[3-9]\d{9}|\d{3,4}-\d{7,8}|\d{17}[\dXx]|\d+号楼\d+单元\d+|\d{3,4}室"
    rf"|[{_SURNAMES}](?:先生|女士|某|大爷|大妈|阿姨|师傅|老师|奶奶|爷爷)"
)


def test_personal_pattern_finds_what_must_not_be_there() -> None:
    for text in ("13812345678", "3号楼2单元501", "王女士反映", "张某", "402室"):
        assert PERSONAL.search(text), text


def test_no_text_names_a_person_a_phone_or_a_door(events: pd.DataFrame) -> None:
    texts = [*events["title"].unique(), *events["description"].unique()]
    texts += [t for m in MATTERS.values() for t in (*m.titles, *m.details)]
    texts += [notice.title_zh for notice in notice_records(NOW)]
    assert [text for text in texts if PERSONAL.search(text)] == []
    assert events["address"].isna().all()


def test_every_case_was_reported_within_the_eight_weeks_and_its_steps_are_in_order(
    events: pd.DataFrame,
) -> None:
    assert events["reported_at"].min() >= NOW - timedelta(weeks=8)
    assert events["happened_at"].max() <= NOW
    for _, life in events.groupby("source_id", sort=False):
        times = list(life["happened_at"])
        assert all(a < b for a, b in pairwise(times)), life["source_id"].iloc[0]
        assert life["status"].iloc[0] == "reported"
        assert times[0] == life["reported_at"].iloc[0]


def test_a_finished_state_has_its_time_and_only_a_closed_one_an_outcome(
    events: pd.DataFrame,
) -> None:
    finished = events["status"].isin(FINISHED_STATUSES)
    assert (events["closed_at"].notna() == finished).all()
    assert (events.loc[finished, "closed_at"] == events.loc[finished, "happened_at"]).all()
    assert (events["outcome"].notna() == (events["status"] == "closed")).all()


def test_words_come_from_the_vocabulary(events: pd.DataFrame) -> None:
    assert set(events["category"]) == set(CATEGORIES) == set(MATTERS)
    assert set(events["status"]) == set(CASE_STATUSES)
    assert set(events["channel"]) <= set(CHANNELS)
    assert {kind for matter in MATTERS.values() for kind in matter.where} <= set(PLACE_KINDS)
    urgency = {category: CATEGORIES[category].urgency for category in CATEGORIES}
    assert (events["urgency"] == events["category"].map(urgency)).all()


def test_deadlines_follow_the_clock_rules(cases: list[PastCase]) -> None:
    calendar = work_calendar(str(ZONE))
    for case in cases[::37]:
        limit = CATEGORIES[case.report.category]
        due = deadline(case.reported_at, limit.limit_value, limit.limit_kind, calendar)
        assert case.deadline_at == due.at


def test_each_full_day_has_about_35_to_60_reports_and_rain_has_the_most_overflow(
    cases: list[PastCase],
) -> None:
    days = Counter(case.reported_at.astimezone(ZONE).date() for case in cases)
    full = sorted(days)[1:-1]
    assert len(full) == 55
    assert all(30 <= days[day] <= 64 for day in full)
    workdays = [days[day] for day in full if day.weekday() < 5]
    weekends = [days[day] for day in full if day.weekday() >= 5]
    assert sum(workdays) / len(workdays) > sum(weekends) / len(weekends)
    overflow = Counter(
        case.reported_at.astimezone(ZONE).date()
        for case in cases
        if case.report.category == "sewage_overflow"
    )
    assert overflow.most_common(1)[0][0] == rainy_day(SEED, NOW.astimezone(ZONE).date())


def test_reports_come_in_the_morning_and_evening_and_rarely_at_night(
    cases: list[PastCase],
) -> None:
    hours = Counter(case.reported_at.astimezone(ZONE).hour for case in cases)
    assert sum(hours[hour] for hour in range(1, 5)) < 0.03 * len(cases)
    assert hours[9] > hours[13] < hours[18]


@pytest.mark.parametrize(
    "now",
    [
        NOW,
        datetime(2026, 11, 21, 18, 5, tzinfo=UTC),  # 02:05 on a Sunday in China
        datetime(2026, 10, 5, 2, 0, tzinfo=UTC),  # in the October holidays
        datetime(2026, 7, 13, 0, 30, tzinfo=UTC),  # Monday morning
    ],
)
def test_about_forty_are_unfinished_a_few_of_them_overdue_or_due_soon(now: datetime) -> None:
    cases = past_cases(SEED, now)
    unfinished = [case for case in cases if case.is_open(now)]
    overdue = [case for case in unfinished if case.deadline_at <= now]
    assert 36 <= len(unfinished) <= 44
    assert 1 <= len(overdue) <= 3
    assert sum(case.is_due_soon(now) for case in unfinished) >= 2
    closed = [c for c in cases if not c.is_open(now) and c.life.steps[-1].status == "closed"]
    late = sum(case.life.ends_at > case.deadline_at for case in closed)
    assert 0.93 <= 1 - (late + len(overdue)) / (len(closed) + len(overdue)) <= 0.97


def test_side_states_come_up_in_small_shares(events: pd.DataFrame, cases: list[PastCase]) -> None:
    seen = events.groupby("status")["source_id"].nunique() / len(cases)
    for status in ("rejected", "cancelled", "returned", "rework", "suspended", "transferred"):
        assert 0.005 < seen[status] < 0.08, status


def test_the_same_seed_and_moment_give_the_same_history(events: pd.DataFrame) -> None:
    assert history(SEED, NOW).to_json() == events.to_json()


def test_another_seed_gives_another_history(cases: list[PastCase]) -> None:
    assert [c.report for c in past_cases(SEED + 1, NOW)] != [c.report for c in cases]


def test_some_notices_are_on_show_and_some_are_past() -> None:
    notices = notice_records(NOW)
    on_show = [n for n in notices if n.published_at <= NOW < (n.expires_at or NOW)]
    assert len(on_show) >= 4
    assert len(notices) - len(on_show) >= 3
