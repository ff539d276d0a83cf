"""The checklist of setting up: what is still missing, why it matters and where to put it right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components.attributes import dashed
from components.case_history import limit_words, local_time, source_words
from components.navigation import with_community
from components.setup_form import act, button, setup_form, text_field
from components.setup_frame import section, table
from components.wording import local_name, named, text
from rules.catalogue import Entry
from rules.setup_checks import MANAGED_PAGES, TOPICS, Check, open_count

_MARKS = {"open": "▲", "done": "✓", "idle": "–"}


def checklist(checks: Sequence[Check], community_id: str, may_manage: bool) -> html.Section:
    """Every check by topic, with how many are open.

    Args:
        checks: All of them.
        community_id: The community.
        may_manage: Whether the viewer may open the pages of accounts, walls and keys; others are
            told who may.
    """
    n = open_count(checks)
    parts = [
        _topic(topic, [c for c in checks if c.topic == topic], community_id, may_manage)
        for topic in TOPICS
    ]
    count = text("setup.open_n", n=n) if n else text("setup.all_done")
    return section("setup.tab_checklist", *parts, hint=text("setup.checklist_hint"), count=count)


def setup_strip(open_checks: int, community_id: str) -> Any:
    """One line for the desk that set-up is unfinished, with the way there; nothing when it is done.

    For viewers whose role may `config.write` only.
    """
    if not open_checks:
        return None
    return html.A(
        text("setup.desk_strip", n=open_checks),
        href=with_community("/setup", community_id),
        className="setup-strip",
    )


def facts_form(community: Mapping[str, Any]) -> html.Section:
    """Name, time zone and published figures of the community."""
    fields = [
        text_field("name_zh", community["name_zh"], needed=True),
        text_field("name_en", community["name_en"]),
        text_field("timezone", community["timezone"], needed=True, placeholder="Asia/Shanghai"),
        text_field("households", community["households"], longest=7),
        text_field("residents", community["residents"], longest=7),
    ]
    form = setup_form(
        fields,
        button("facts", text("setup.save"), "main"),
        noun="community",
        object_id=community["community_id"],
        version=community["version"],
        label=text("setup.facts"),
    )
    return section("setup.facts", form)


def limits_review(
    reviewed: Mapping[str, Any] | None, zone: ZoneInfo, entries: Iterable[Entry]
) -> html.Section:
    """The time limits in use, and who looked through them."""
    rows = [
        [
            named("category", entry.code),
            named("urgency", entry.urgency),
            limit_words(entry.limit_value, entry.limit_kind),
        ]
        for entry in entries
    ]
    headings = [text("desk.category"), text("card.urgency"), text("card.left")]
    return section(
        "setup.limits",
        html.Details(
            [
                html.Summary(text("setup.limits")),
                table(headings, rows, text("setup.limits")),
            ],
            className="setup-more",
        ),
        _reviewed(reviewed, zone),
        hint=text("setup.limits_hint"),
    )


def overwritten_list(rows: Sequence[Mapping[str, Any]], zone: ZoneInfo) -> html.Section | None:
    """What was changed by hand and has been said otherwise by a source since; None without any."""
    if not rows:
        return None
    cells = [
        [
            text(f"setup_noun.{row['noun']}"),
            local_name(dict(row)),
            source_words(str(row["actor"]).removeprefix("source:")),
            local_time(row["recorded_at"], zone),
        ]
        for row in rows
    ]
    headings = ["", text("setup_field.name_zh"), text("setup_field.source"), ""]
    label = text("setup.overwritten")
    return section(
        "setup.overwritten", table(headings, cells, label), hint=text("setup_why.overwritten")
    )


def _reviewed(reviewed: Mapping[str, Any] | None, zone: ZoneInfo) -> Any:
    if reviewed is None:
        return act("acknowledge", text("setup.limits_acknowledge"), "acknowledgement")
    who = reviewed["login"] or reviewed["actor"]
    at = local_time(reviewed["recorded_at"], zone)
    return html.P(text("setup.limits_reviewed", who=who, at=at), className="setup-reviewed")


def _topic(topic: str, checks: Sequence[Check], community_id: str, may_manage: bool) -> html.Div:
    return html.Div(
        [
            html.H3(text(f"setup_part.{topic}")),
            html.Ul(
                [_item(check, community_id, may_manage) for check in checks],
                className="setup-checks",
            ),
        ]
    )


def _item(check: Check, community_id: str, may_manage: bool) -> html.Li:
    words: list[Any] = [
        html.Span(
            _MARKS[check.state],
            className="setup-mark",
            title=text(f"setup.state_{check.state}"),
            role="img",
            **dashed(aria_label=text(f"setup.state_{check.state}")),
        ),
        html.Span(_heading(check), className="setup-check-name"),
    ]
    if check.state == "open":
        way: Any = html.Span(text("setup.by_admin"), className="setup-count")
        if may_manage or check.page not in MANAGED_PAGES:
            way = html.A(
                text("setup.go"),
                href=_way(check, community_id),
                className="setup-go",
                **dashed(aria_label=f"{text('setup.go')}: {text(f'setup_check.{check.code}')}"),
            )
        words += [html.Span(text(f"setup_why.{check.code}"), className="setup-why"), way]
    return html.Li(
        words, className=f"setup-check setup-{check.state}", **dashed(data_check=check.code)
    )


def _way(check: Check, community_id: str) -> str:
    address = with_community(check.page, community_id)
    return f"{address}{'&' if '?' in address else '?'}show={check.show}" if check.show else address


def _heading(check: Check) -> list[Any]:
    words: list[Any] = [text(f"setup_check.{check.code}")]
    if check.state == "idle":
        words.append(html.Span(text("setup.state_idle"), className="setup-count"))
    elif check.state == "open" and check.names:
        services = " · ".join(named("service", name) for name in check.names)
        words.append(html.Span(services, className="setup-count"))
    elif check.state == "open" and check.count is not None:
        words.append(html.Span(_count(check), className="setup-count"))
    if check.grade == "advised":
        words.append(html.Span(text("setup.advised"), className="setup-grade"))
    return words


def _count(check: Check) -> str:
    if check.total is None:
        return text("setup.missing_n", count=f"{check.count:,}")
    return text("setup.missing", count=f"{check.count:,}", total=f"{check.total:,}")
