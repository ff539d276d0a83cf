"""What reporters leave goes in time: numbers by their key, messages with the words of the case."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.cases.history import CaseStep, move_cases
from actions.reporting.contacts import masked_number
from actions.reporting.following import followed
from actions.reporting.links import open_link, source_id_for, token_for
from actions.reporting.messages import MOST_OF_A_LINK, MessagesTooMany, write_message
from actions.reporting.receiving import receive
from actions.rights.retention import request_run
from rules.reports import KEPT_FOR, ReportDraft, reported_when
from tests.rights_stage import Stage, officer

ID = "q" * 32


def report(register: Stage, number: str = "13900000001") -> str:
    """Take a report three years ago by the stage's clock; returns the token of its link."""
    draft = ReportDraft(ID, "demo", "楼道灯不亮", address="二单元", number=number)
    return receive(register.store, register.keyring, draft, [], register.now).token


def close(register: Stage, case_id: str, days_ago: int) -> None:
    at = register.now - timedelta(days=days_ago)
    move_cases(register.store, "demo", [CaseStep(case_id, "closed", at, "solved")], "t").result()


def run(register: Stage, code: str) -> None:
    asked = (officer("privacy"), "demo", [code], "到期信息的清理")
    request_run(register.approvals, *asked, wait=True)


def test_a_number_goes_ninety_days_after_closing_and_cannot_come_back(register: Stage) -> None:
    token = report(register)
    link = open_link(register.store, token)
    close(register, link.case_id, days_ago=91)
    assert masked_number(register.store, register.keyring, link) == "139****0001"
    run(register, "case_contact")
    assert register.sql("select count(*) from case_contact") == [(0,)]
    assert register.keyring.state_of(link.link_id) == "erased"
    assert masked_number(register.store, register.keyring, link) == ""
    assert register.sql("select count(*) from case_text") == [(1,)]  # these stay for two years


def test_messages_go_with_the_words_of_the_case(register: Stage) -> None:
    token = report(register, number="")
    link = open_link(register.store, token)
    write_message(register.store, link.case_id, "demo", link.actor, "今晚在家", link.link_id)
    close(register, link.case_id, days_ago=731)
    run(register, "case_text")
    assert register.sql("select count(*) from case_message") == [(0,)]
    seen = followed(register.store, link)
    assert (seen.messages, seen.own["description"]) == ((), None)


def test_a_link_writes_so_much_and_no_more(register: Stage) -> None:
    link = open_link(register.store, report(register, number=""))
    for n in range(MOST_OF_A_LINK):
        write_message(register.store, link.case_id, "demo", link.actor, f"第 {n} 条", link.link_id)
    with pytest.raises(MessagesTooMany):
        write_message(register.store, link.case_id, "demo", link.actor, "再一条", link.link_id)


def test_neither_the_store_nor_another_installation_can_make_the_link(register: Stage) -> None:
    token = report(register, number="")
    stored = str(register.sql("from case_link_event")) + str(register.sql("from case_event"))
    assert ID not in stored and token not in stored
    assert source_id_for(ID) in stored
    assert token_for(register.keyring, source_id_for(ID)) != token  # staff see only this


def test_a_draft_keeps_its_time_as_long_as_it_can_be_believed(register: Stage) -> None:
    now = register.now
    assert reported_when(now - timedelta(days=2), now) == now - timedelta(days=2)
    assert reported_when(now + timedelta(minutes=1), now) == now
    assert reported_when(now - KEPT_FOR - timedelta(days=1), now) == now
    assert reported_when(None, now) == now
