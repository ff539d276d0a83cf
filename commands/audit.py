"""`audit verify`: proves the audit chain whole, or names the first place where it is not."""

from __future__ import annotations

from collections.abc import Callable

from commands.context import Context
from data.audit_anchor import Mark
from data.audit_check import AuditFault, FaultKind

_SENTENCES: dict[FaultKind, Callable[[AuditFault], str]] = {
    "changed": lambda f: (
        f"Line {f.seq} (event {f.event_id}) was changed: column {', '.join(f.columns)}."
    ),
    "foreign": lambda f: (
        f"Line {f.seq} (event {f.event_id}) was not written by this audit, or with other keys."
    ),
    "missing": lambda f: f"{_lines(f)} missing; the next one is event {f.event_id}.",
    "inserted": lambda f: f"Line {f.seq} is there twice; event {f.event_id} was put in.",
    "cut_off": lambda f: f"Cut off after line {f.seq - 1}: {_lines(f).lower()} missing at the end.",
    "anchor_missing": lambda f: (
        f"The anchor file is missing; whether lines after {f.seq} were cut off cannot be told."
    ),
    "anchor_changed": lambda f: (
        f"The anchor file was altered; whether lines after {f.seq} were cut off cannot be told."
    ),
    "anchor_differs": lambda f: (
        f"The anchor file knows another line {f.seq} than event {f.event_id}: the chain was "
        "exchanged by someone who has the keys."
    ),
    "anchor_remade": lambda f: (
        f"The anchor file was missing or altered when line {f.seq} was the last one; whether "
        "lines after it had been cut off then cannot be told."
    ),
}


def run_audit_verify(context: Context) -> int:
    """Check every line and the anchor; returns 0 where all is in order, 1 with the first fault."""
    verdict = context.audit.verify()
    for mark in verdict.marks:
        context.out(f"Note: {note_line(mark)}")
    if verdict.fault is None:
        context.out(f"The audit is in order: {verdict.count} lines, head {verdict.head}.")
        return 0
    context.out(fault_line(verdict.fault))
    context.out(f"In order before that: {verdict.count} lines, head {verdict.head}.")
    return 1


def fault_line(fault: AuditFault) -> str:
    """Say in one sentence what was done to the chain, and where."""
    return _SENTENCES[fault.kind](fault)


def note_line(mark: Mark) -> str:
    """Say in one sentence what happened to the chain as a whole."""
    if mark.kind == "restored":
        return f"a backup was restored on {mark.at}; all lines known before are here."
    if mark.kind == "shortened":
        return (
            f"a backup was restored on {mark.at}; lines {mark.seq + 1} to {mark.before} were lost "
            "with the database that stood there before."
        )
    if mark.kind == "imported":
        return (
            f"the keys were imported on {mark.at} without an anchor; lines after {mark.seq} were "
            "not known here."
        )
    return f"the anchor file was begun anew on {mark.at} at line {mark.seq}."


def _lines(fault: AuditFault) -> str:
    if fault.seq == fault.until:
        return f"Line {fault.seq} is"
    return f"Lines {fault.seq} to {fault.until} are"
