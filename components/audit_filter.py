"""What a page address asks of the audit: times, action, result, actor, subject and case."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dash import dcc, html

from components.attributes import dashed
from components.wording import named, text

RESULTS = ("done", "refused", "failed")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """Which lines are wanted; an empty text asks for nothing.

    Attributes:
        community: The community.
        since: First day, `YYYY-MM-DD` in the community's zone.
        until: Last day.
        action: One action's code.
        result: A code of RESULTS.
        actor: An actor as logs name it, or a login name.
        subject: Id of the person or thing acted on.
        case: Id of a case.
    """

    community: str = ""
    since: str = ""
    until: str = ""
    action: str = ""
    result: str = ""
    actor: str = ""
    subject: str = ""
    case: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """Names of the filters in use, without what they ask for."""
        given = asdict(self)
        return tuple(name for name in given if name != "community" and given[name])

    def parameters(self, zone: ZoneInfo) -> dict[str, Any]:
        """Return the parameters of data/sql/audit/lines.sql but the block."""
        return {
            "community_id": self.community,
            "since": _start(_day(self.since), zone),
            "until": _start(_day(self.until), zone, days=1),
            "action": self.action or None,
            "result": self.result or None,
            "actor": self.actor or None,
            "subject_id": self.subject or None,
            "case_id": self.case or None,
        }


def audit_filter_of(query: Mapping[str, object]) -> AuditFilter:
    """Read a filter from a page address or from the page's own memory; nonsense is left out."""
    words = {name: _word(query.get(name)) for name in asdict(AuditFilter())}
    for name in ("since", "until"):
        if _day(words[name]) is None:
            words[name] = ""
    if words["result"] not in RESULTS:
        words["result"] = ""
    return AuditFilter(**words)


def audit_filter_form(wanted: AuditFilter, actions: Iterable[str]) -> html.Form:
    """The filters as a form that asks for the page anew; the address is their only memory.

    Args:
        wanted: What the address asks for.
        actions: Codes there are lines of.
    """
    chosen = {wanted.action or "audit.read"}  # of which there will be a line at once
    choices = sorted((named("audit.action", code), code) for code in {*actions, *chosen})
    return html.Form(
        [
            dcc.Input(type="hidden", name="community", value=wanted.community),
            _field("since", wanted.since, placeholder="2026-11-01", short=True),
            _field("until", wanted.until, placeholder="2026-11-30", short=True),
            _choice("action", [(code, words) for words, code in choices], wanted.action),
            _choice("result", [(r, text(f"audit.result.{r}")) for r in RESULTS], wanted.result),
            _field("actor", wanted.actor),
            _field("subject", wanted.subject),
            _field("case", wanted.case),
            html.Div(
                [
                    html.Button(text("audit.filter"), type="submit", className="primary"),
                    html.A(
                        text("audit.filter_clear"),
                        href=f"/audit?community={wanted.community}",
                        className="quiet",
                        hidden=not wanted.named,
                    ),
                ],
                className="audit-filter-buttons",
            ),
        ],
        method="GET",
        action="/audit",
        className="audit-filter",
        **dashed(aria_label=text("audit.filter_title"), data_goes="there"),
    )


def _field(name: str, value: str, placeholder: str = "", short: bool = False) -> html.Label:
    return html.Label(
        [
            html.Span(text(f"audit.filter_{name}")),
            dcc.Input(
                name=name,
                type="text",
                value=value,
                maxLength=10 if short else LONGEST,
                placeholder=placeholder,
                autoComplete="off",
                className="audit-input",
            ),
        ],
        className="audit-field audit-field-short" if short else "audit-field",
    )


def _choice(name: str, options: Iterable[tuple[str, str]], chosen: str) -> html.Label:
    return html.Label(
        [
            html.Span(text(f"audit.filter_{name}")),
            html.Select(
                [
                    html.Option(text("audit.any"), value=""),
                    *(
                        html.Option(words, value=code, selected=code == chosen)
                        for code, words in options
                    ),
                ],
                name=name,
                className="choice",
            ),
        ],
        className="audit-field",
    )


def _day(word: str) -> date | None:
    try:
        return date.fromisoformat(word) if len(word) == 10 else None
    except ValueError:
        return None


def _start(day: date | None, zone: ZoneInfo, days: int = 0) -> datetime | None:
    """Return when a local day begins, UTC; days the calendar cannot reckon with count as none."""
    try:
        if day is None:
            return None
        return datetime.combine(day + timedelta(days=days), time(), zone).astimezone(UTC)
    except OverflowError:
        return None


def _word(value: object) -> str:
    # A name repeated in an address arrives as a list; the first is meant.
    first = value[0] if isinstance(value, list) and value else value
    return first.strip()[:LONGEST] if isinstance(first, str) else ""
