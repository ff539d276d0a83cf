"""Lets a reporter erase the own words and photos once the case is finished (PIPL art. 47).

While people work on the case they are needed; a legal hold keeps them in any case. What the case
is about and how it was handled stays, as after retention.
"""

from __future__ import annotations

from actions.cases.photo_files import photo_files
from actions.cases.photos import list_photos
from actions.reporting.contacts import forget_number
from actions.reporting.links import Link
from data.audit import AuditChain, AuditLine
from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction
from rules.errors import RuleViolation
from rules.retention import OnLegalHold
from rules.vocabulary import FINISHED_STATUSES


class EraseNotYet(RuleViolation):
    """The case is still open; erase it when it is closed."""

    code = "erase_not_yet"


def erase_report(store: Store, keyring: Keyring, audit: AuditChain, link: Link) -> None:
    """Erase what the holder of a link wrote, sent and left; proved in the audit.

    Raises:
        EraseNotYet, OnLegalHold: Tell the reporter; nothing was erased.
    """
    case = store.rows("case/place_in_reach", case_id=link.case_id)[0]
    if case["status"] not in FINISHED_STATUSES:
        raise EraseNotYet()

    def hold(tx: Transaction) -> None:
        if tx.rows("case_photo/held", case_id=link.case_id, now=tx.now):
            raise OnLegalHold()

    store.write(hold).result()
    forget_number(store, keyring, audit, link)
    own = [p["photo_id"] for p in list_photos(store, link.case_id) if p["actor"] == link.actor]
    photo_files(store).delete(own)

    def unit(tx: Transaction) -> None:
        tx.run("case_photo/delete_log", photo_ids=own)
        tx.run("case_photo/delete_now", photo_ids=own)
        tx.run("case_message/delete_of_link", link_id=link.link_id)
        if link.kind == "reporter":
            tx.run("case_text/delete_reported", case_id=link.case_id)
        tx.touch("case", link.community_id)
        audit.note(
            tx,
            AuditLine(
                "case.report_erase",
                "done",
                link.actor,
                "resident",
                link.community_id,
                subject_kind="case",
                subject_id=link.case_id,
                case_id=link.case_id,
                detail=f"photos: {len(own)}",
            ),
        )

    store.write(unit).result()
