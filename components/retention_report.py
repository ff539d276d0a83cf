"""What is past its purpose, what was deleted with its proof, and what a legal hold keeps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dash import html

from components.approval_list import LONGEST_REASON, day_field, hidden
from components.door_form import (
    action_button,
    choice_field,
    door_form,
    line_field,
    many_field,
    moment,
    table,
)
from components.wording import knows, named, text
from rules.fields import Keep
from rules.retention import CLASSES, HOLD_BASES, HOLD_SUBJECTS

Row = Mapping[str, Any]
SHOWN_HASH = 16
DEFAULT_HOLD = timedelta(days=180)


def plan_table(plans: Sequence[Any], zone: ZoneInfo) -> Any:
    """Every class with its period and what is due now.

    Args:
        plans: `actions.rights.retention_plan.ClassPlan` of each class.
        zone: Zone in which times are shown.
    """
    heads = ("class", "period", "subjects", "held", "oldest", "how")
    lines = []
    for each in plans:
        rules = CLASSES[each.code]
        lines.append(
            html.Tr(
                [
                    html.Td(text(f"retention_class.{each.code}")),
                    html.Td(period_words(rules.keep)),
                    html.Td(f"{each.subjects:,}", className="retention-n"),
                    html.Td(f"{each.held:,}", className="retention-n"),
                    html.Td(moment(each.oldest_at, zone)),
                    html.Td(text(f"retention.{'by_itself' if rules.by_itself else 'by_word'}")),
                ],
                className="due" if each.subjects else "",
            )
        )
    return table([text(f"retention.{head}") for head in heads], lines, text("retention.plan"))


def period_words(keep: Keep) -> str:
    """How long a class is kept, and after what."""
    after = text(f"keep.after_{keep.after}")
    return text("keep.days" if keep.days else "keep.at_once", after=after, days=keep.days)


def run_form(community_id: str, plans: Sequence[Any]) -> Any:
    """Choose classes and say why; classes that go by themselves are not offered."""
    offered = [p for p in plans if p.subjects and not CLASSES[p.code].by_itself]
    if not offered:
        return html.P(text("retention.nothing"), className="note")
    options = [(p.code, f"{text(f'retention_class.{p.code}')} · {p.subjects:,}") for p in offered]
    return door_form(
        [
            hidden("community", community_id),
            many_field("classes", text("retention.classes"), options, [p.code for p in offered]),
            line_field("reason", text("approvals.reason"), longest=LONGEST_REASON),
        ],
        action_button("run", text("retention.run"), text("retention.run_sure"), main=True),
        key="run-" + "-".join(p.code for p in offered),
    )


def progress_part(community_id: str, progress: Any) -> list[Any]:
    """How the last run does, with a way to look again; nothing before the first."""
    if progress is None or progress.community_id != community_id:
        return []
    if not progress.finished:
        name = named("retention_class", progress.code)
        words = text("retention.running", name=name, done=progress.done, total=progress.total)
    elif progress.error:
        error = f"error.{progress.error}"
        said = text(error) if knows(error) else progress.error
        words = text("retention.failed", error=said)
    else:
        words = text("retention.finished", done=f"{progress.done:,}")
    look = door_form(
        [hidden("community", community_id)],
        action_button("refresh", text("retention.refresh")),
        style="inline",
        key="refresh",
    )
    kind = "door-notice refused" if progress.error else "door-notice"
    return [html.Div([html.Span(words), look], className=f"{kind} retention-progress")]


def proof_table(rows: Sequence[Row], names: Mapping[str, str], zone: ZoneInfo) -> Any:
    """What was deleted, the newest run first.

    Args:
        rows: Rows of data/sql/retention/proofs.sql.
        names: Login of each actor.
    """
    if not rows:
        return html.P(text("retention.proofs_none"), className="note")
    heads = ("at", "class", "count", "held", "who", "rules", "hash")
    lines = [
        html.Tr(
            [
                html.Td(moment(row["finished_at"], zone)),
                html.Td(text(f"retention_class.{row['class']}")),
                html.Td(f"{row['subjects']:,}", className="retention-n"),
                html.Td(f"{row['held']:,}", className="retention-n"),
                html.Td(_who(row["actor"], names)),
                html.Td(html.Code(row["rule_version"])),
                html.Td(_hashes(row["ids_hashes"])),
            ]
        )
        for row in rows
    ]
    return table([text(f"retention.{head}") for head in heads], lines, text("retention.proofs"))


def hold_form(community_id: str, today: date, key: str) -> html.Form:
    """Ask to keep something from deletion."""
    return door_form(
        [
            hidden("community", community_id),
            choice_field(
                "subject_kind",
                text("holds.subject_kind"),
                [(kind, text(f"audit.subject.{kind}")) for kind in HOLD_SUBJECTS],
            ),
            line_field("subject_id", text("holds.subject_id"), longest=64),
            choice_field(
                "basis",
                text("holds.basis"),
                [(basis, text(f"hold_basis.{basis}")) for basis in HOLD_BASES],
            ),
            day_field("until", text("holds.until"), (today + DEFAULT_HOLD).isoformat()),
            line_field("reason", text("holds.reason"), longest=LONGEST_REASON),
        ],
        action_button("hold", text("holds.ask"), main=True),
        key=key,
    )


def hold_table(rows: Sequence[Row], community_id: str, zone: ZoneInfo, now: datetime) -> Any:
    """What is kept from deletion, those in force first."""
    if not rows:
        return html.P(text("holds.none"), className="note")
    heads = ("subject_kind", "subject_id", "basis", "until", "state")
    lines = [
        html.Tr(
            [
                html.Td(text(f"audit.subject.{row['subject_kind']}")),
                html.Td(html.Code(row["subject_id"])),
                html.Td(text(f"hold_basis.{row['basis']}")),
                html.Td(moment(row["expires_at"], zone)),
                html.Td(text(f"hold_state.{_hold_state(row, now)}")),
                html.Td(_release(row, community_id)),
            ],
            className="" if row["holds"] else "closed",
        )
        for row in rows
    ]
    return table([*(text(f"holds.{head}") for head in heads), ""], lines, text("holds.title"))


def _release(row: Row, community_id: str) -> Any:
    if row["state"] != "held" or not row["holds"]:
        return ""
    return door_form(
        [
            hidden("community", community_id),
            line_field("reason", text("holds.reason"), longest=LONGEST_REASON),
        ],
        action_button("release", text("holds.release"), text("holds.release_sure")),
        object_id=row["hold_id"],
        style="inline",
    )


def _hold_state(row: Row, now: datetime) -> str:
    in_time = row["expires_at"] > now
    return str(row["state"]) if in_time or row["state"] not in ("asked", "held") else "over"


def _who(actor: str, names: Mapping[str, str]) -> str:
    if actor == "system":
        return text("retention.system")
    return names.get(actor, text("role.cli") if actor == "cli" else actor)


def _hashes(hashes: Sequence[str | None]) -> Any:
    known = [each for each in hashes if each]
    if not known:
        return "—"
    shown: list[Any] = [html.Code(f"{known[0][:SHOWN_HASH]}…", title=" ".join(known))]
    if len(known) > 1:
        shown.append(" " + text("retention.hash_more", n=len(known) - 1))
    return shown
