"""Shows what the people who run the installation must see to: a list on /health, a strip on pages.

Times are shown in the zone of the page; a warning nobody has words for shows its code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components.attributes import dashed
from components.case_history import local_time
from components.navigation import nothing, with_community
from components.wording import knows, named, text
from rules.upkeep import UpkeepFacts, UpkeepWarning, Volume

GIGABYTE = 1024**3


def warning_list(
    warnings: Sequence[UpkeepWarning], facts: UpkeepFacts | None, zone: ZoneInfo
) -> html.Div:
    """Every warning with what to do, and below it how disks, clock, certificate and backups do.

    Args:
        warnings: The urgent ones first.
        facts: What was found out at the last look; None before the first.
        zone: Time zone times are shown in.
    """
    if facts is None:
        title, hint = text("warning.not_looked_title"), text("warning.not_looked_hint")
        return html.Div(nothing(title, hint), className="upkeep")
    if warnings:
        shown: Any = html.Ul([_item(warning, zone) for warning in warnings], className="warnings")
    else:
        shown = nothing(text("warning.none_title"), text("warning.none_hint"))
    return html.Div([shown, _facts(facts, zone)], className="upkeep")


def warning_strip(
    warnings: Sequence[UpkeepWarning], community_id: str, zone: ZoneInfo
) -> html.Div | None:
    """The most urgent warning in one line with the way to the others; None where all is well."""
    if not warnings:
        return None
    first = warnings[0]
    return html.Div(
        [
            html.Span(text("warning.strip", count=len(warnings)), className="strip-count"),
            html.Span(sentence(first, zone), className="strip-first"),
            html.A(text("warning.open_health"), href=with_community("/health", community_id)),
        ],
        className=f"warning-strip {first.severity}",
        role="alert" if first.severity == "alarm" else "status",
    )


def sentence(warning: UpkeepWarning, zone: ZoneInfo) -> str:
    """A warning in words, with what to do."""
    code = f"warning.{warning.code}"
    return text(code, None, **_worded(warning.fields, zone)) if knows(code) else warning.code


def _item(warning: UpkeepWarning, zone: ZoneInfo) -> html.Li:
    return html.Li(
        [
            html.Span(text(f"warning.severity_{warning.severity}"), className="severity"),
            html.Span(sentence(warning, zone)),
        ],
        className=warning.severity,
        **dashed(data_code=warning.code),
    )


def _worded(fields: Mapping[str, object], zone: ZoneInfo) -> dict[str, object]:
    return {
        name: local_time(value, zone)
        if isinstance(value, datetime)
        else named("backup_error", str(value))
        if name == "error"
        else named("delivery_error", str(value or "unreachable"))
        if name == "delivery_error"
        else named("error", str(value))
        if name == "detector"
        else value
        for name, value in fields.items()
    }


def _facts(facts: UpkeepFacts, zone: ZoneInfo) -> html.Dl:
    known = {True: "yes", False: "no", None: "unknown"}[facts.clock_synchronised]
    certificate = text("upkeep.certificate_none")
    if facts.certificate is not None:
        until = local_time(facts.certificate[1], zone)
        certificate = text("upkeep.certificate_until", until=until)
    rows = [
        *((text("upkeep.disk", folder=each.folder), _free(each)) for each in facts.volumes),
        (text("upkeep.clock"), text(f"upkeep.clock_{known}")),
        (text("upkeep.certificate"), certificate),
        (text("upkeep.backup"), _backup(facts, zone)),
    ]
    return html.Dl(
        [html.Div([html.Dt(name), html.Dd(value)]) for name, value in rows],
        className="upkeep-facts",
    )


def _free(volume: Volume) -> str:
    return text(
        "upkeep.disk_free",
        free_gb=f"{volume.free / GIGABYTE:.1f}",
        total_gb=f"{volume.total / GIGABYTE:.1f}",
    )


def _backup(facts: UpkeepFacts, zone: ZoneInfo) -> str:
    state = facts.backup
    if state is None:
        return text("upkeep.backup_off")
    if state.good_at is None:
        return text("upkeep.backup_none", at=facts.backup_at)
    return text(
        "upkeep.backup_good",
        at=local_time(state.good_at, zone),
        mb=f"{(state.bytes or 0) / 1024**2:.1f}",
        folder=state.folder or "—",
    )
