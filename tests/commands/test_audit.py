"""`audit verify` says in one line what was done to the audit and where, and by its exit status."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from commands.audit import fault_line, note_line, run_audit_verify
from data.audit_anchor import Mark, MarkKind
from data.audit_check import AuditFault, FaultKind
from tests.commands.vault_shell import VaultShell


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[VaultShell]:
    opened = VaultShell(tmp_path)
    opened.write(1, 2, 3, 4)
    yield opened
    opened.close()


def test_an_audit_in_order_tells_its_length_and_head(shell: VaultShell) -> None:
    status, words = shell.run(run_audit_verify)
    head = shell.store.rows("audit/head")[0]["mac"]
    assert (status, words.lines) == (0, [f"The audit is in order: 4 lines, head {head}."])


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (
            "update audit_event set actor = 'x' where seq = 2",
            "Line 2 (event {event}) was changed: ",
        ),
        ("delete from audit_event where seq = 2", "Line 2 is missing; the next one is event"),
        ("delete from audit_event where seq in (2, 3)", "Lines 2 to 3 are missing; the next"),
        ("delete from audit_event where seq > 2", "Cut off after line 2: lines 3 to 4 are missing"),
        ("delete from audit_event where seq > 3", "Cut off after line 3: line 4 is missing"),
        ("insert into audit_event from audit_event where seq = 2", "Line 2 is there twice"),
    ],
)
def test_a_fault_is_said_with_its_place_and_the_status_is_1(
    shell: VaultShell, statement: str, said: str
) -> None:
    event = shell.store.rows("audit/chain")[1]["event_id"]
    shell.tamper(statement)
    status, words = shell.run(run_audit_verify)
    assert status == 1
    assert words.lines[0].startswith(said.format(event=event))


@pytest.mark.parametrize("kind", get_args(FaultKind))
def test_there_is_a_sentence_for_every_fault(kind: FaultKind) -> None:
    assert fault_line(AuditFault(kind, 2, 3, "e", ("actor",))).endswith((".", "told."))


@pytest.mark.parametrize("kind", get_args(MarkKind))
def test_there_is_a_sentence_for_every_note(kind: MarkKind) -> None:
    assert "2026-11-22" in note_line(Mark(kind, "2026-11-22", 2, "mac", before=4))
