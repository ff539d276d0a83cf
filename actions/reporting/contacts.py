"""The number a reporter left to be called back on: sealed, opened one at a time, forgotten again.

Sealed under a key of the link's own (ADR 0016): destroying that key forgets it, in old backups as
well. Whoever opens it is in the audit with case and reason (DOMAIN R2).
"""

from __future__ import annotations

from pydantic import TypeAdapter, ValidationError

from actions.access import NotThere, allow, viewer
from actions.auditing import line_for
from actions.cases.access import reached_case
from actions.reporting.links import Link
from data.audit import AuditChain, AuditLine
from data.keyring import Keyring
from data.store import Store
from data.transaction import Transaction
from rules.errors import RuleViolation
from rules.masking import mask_phone
from rules.residents import Phone

FIELD = "phone"
_PHONE: TypeAdapter[str] = TypeAdapter(Phone)


class ContactInvalid(RuleViolation):
    """It is no telephone number; correct it, or leave it out."""

    code = "contact_invalid"


def clean_number(typed: str) -> str:
    """Return a telephone number in one form, empty where none was typed.

    Raises:
        ContactInvalid: It is none.
    """
    if not typed.strip():
        return ""
    try:
        return _PHONE.validate_python(typed.strip()[:60])
    except ValidationError:
        raise ContactInvalid() from None


def keep_number(store: Store, keyring: Keyring, link: Link, number: str) -> None:
    """Seal and keep a number; one that is there already stays."""
    keyring.create([link.link_id])
    sealed = keyring.seal(link.link_id, FIELD, number)

    def unit(tx: Transaction) -> None:
        known = tx.rows("case_contact/of_cases", case_ids=[link.case_id])
        if any(row["link_id"] == link.link_id for row in known):
            return
        row = {
            "link_id": link.link_id,
            "case_id": link.case_id,
            "community_id": link.community_id,
            "sealed": sealed,
            "written_at": tx.now,
        }
        tx.run("case_contact/append", {"incoming": tx.table("case_contact", [row])})
        tx.touch("case_message", link.community_id)

    store.write(unit).result()


def masked_number(store: Store, keyring: Keyring, link: Link) -> str:
    """Return a link's number with its middle hidden, empty where none is kept."""
    for row in store.rows("case_contact/of_cases", case_ids=[link.case_id]):
        if row["link_id"] == link.link_id:
            number = keyring.open_sealed(link.link_id, FIELD, row["sealed"])
            return mask_phone(number) if number else ""
    return ""


def numbers_kept(store: Store, case_id: str) -> int:
    """Return how many reporters of a case left a number."""
    return len(store.rows("case_contact/of_cases", case_ids=[case_id]))


def show_numbers(
    store: Store, keyring: Keyring, audit: AuditChain, case_id: str, reason: str
) -> list[str]:
    """Open the numbers left for a case, for somebody at work on it; the audit says so first.

    Args:
        reason: Why, in the officer's words.

    Raises:
        NotThere, NotAllowed: The case is not the viewer's, or the role may not work on it.
    """
    asking = viewer()
    here = reached_case(store, asking, case_id)
    allow("case.write", here["community_id"])
    allow("case.read_text", here["community_id"])
    rows = store.rows("case_contact/of_cases", case_ids=[case_id])
    if not rows:
        raise NotThere()
    line = line_for(
        asking,
        "case.contact",
        here["community_id"],
        subject_kind="case",
        subject_id=case_id,
        field=FIELD,
        case_id=case_id,
        purpose="case_handling",
        reason=reason or None,
    )
    audit.record(line).result()
    opened = (keyring.open_sealed(row["link_id"], FIELD, row["sealed"]) for row in rows)
    return [number for number in opened if number]


def forget_number(store: Store, keyring: Keyring, audit: AuditChain, link: Link) -> None:
    """Destroy the key of a link's number and take the row out, because its reporter wishes so."""
    keyring.erase([link.link_id])

    def unit(tx: Transaction) -> None:
        tx.run("case_contact/delete", link_id=link.link_id)
        tx.touch("case_message", link.community_id)
        audit.note(
            tx,
            AuditLine(
                "case.contact_erase",
                "done",
                link.actor,
                "resident",
                link.community_id,
                subject_kind="case",
                subject_id=link.case_id,
                field=FIELD,
                case_id=link.case_id,
            ),
        )

    store.write(unit).result()
