"""The desk for the people on record: finds a person by an exact number, takes and lists requests.

Whoever works here cannot browse files (rules/privacy.py): one exact identity or telephone number
finds one file, each search is in the audit, and more than a few in a row are refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter, ValidationError

from actions.access import NotAllowed, NotThere
from actions.approvals import Approvals, Row
from actions.auditing import line_for
from actions.files.consulting import local_day, values_of_subjects
from data.audit import AuditLine
from data.transaction import Transaction
from rules.approvals import one_of
from rules.errors import RuleViolation
from rules.fields import CONSENT_PURPOSES, sealed_fields
from rules.masking import is_guarded, mask
from rules.privacy import may
from rules.residents import IdNumber, Phone
from rules.rights import (
    ALL_CHECKS,
    CHANNELS,
    REQUEST_KINDS,
    REQUESTERS,
    IdentityUnproven,
    check_requester,
    due_at,
    reply_light,
)
from rules.viewer import Viewer

MOST_LISTED = 300
# Ours: a desk looks up one visitor at a time.
MOST_SEARCHES, SEARCH_SPAN = 20, timedelta(minutes=10)
OLDEST_RECEIPT = timedelta(days=90)
_NUMBERS: dict[str, TypeAdapter[str]] = {
    "id_number": TypeAdapter(IdNumber),
    "phone": TypeAdapter(Phone),
}
_SHOWN = ("name", "birth_date", "phone", "id_number")


class NumberInvalid(RuleViolation):
    """It is no identity or telephone number; nothing was looked up."""

    code = "number_invalid"


class TooManySearches(RuleViolation):
    """So many people were looked up in a few minutes that it must wait."""

    code = "too_many_searches"


class ReceiptInvalid(RuleViolation):
    """The day a request came in lies ahead, or too far back."""

    code = "receipt_invalid"


@dataclass(frozen=True, slots=True)
class Match:
    """A file found by an exact number: enough to see that it is the visitor's, no more."""

    person_id: str
    masked: dict[str, str]
    building: str | None
    guarded: bool


@dataclass(frozen=True, slots=True)
class RequestDraft:
    """A request as it came in.

    Attributes:
        person_id: Whose file; None where nobody of the files was found.
        field: The field to correct, for `correct`.
        consent_purpose: The consent to withdraw, for `withdraw_consent`.
    """

    kind: str
    requester: str
    channel: str
    identity_check: str
    received_at: datetime
    person_id: str | None = None
    field: str | None = None
    consent_purpose: str | None = None


@dataclass(frozen=True, slots=True)
class RightsDesk:
    """The desk of one community, for one officer."""

    approvals: Approvals
    viewer: Viewer
    community_id: str

    @classmethod
    def open(cls, approvals: Approvals, viewer: Viewer, community_id: str) -> RightsDesk:
        """Open the desk.

        Raises:
            NotThere: The community is not the viewer's.
            NotAllowed: The role does not handle requests.
        """
        if community_id not in viewer.community_ids:
            raise NotThere(community=community_id)
        if viewer.kind != "account" or not may(viewer.role, "rights.handle"):
            raise NotAllowed(role=viewer.role, action="rights.handle")
        return cls(approvals, viewer, community_id)

    def find(self, by: str, number: str) -> list[Match]:
        """Find the files with exactly this number.

        Args:
            by: id_number or phone.
            number: As the visitor says it.

        Raises:
            NumberInvalid: It is no such number.
            TooManySearches: Too many in ten minutes.
        """
        adapter = _NUMBERS.get(by)
        try:
            clean = adapter.validate_python(number[:60]) if adapter else None
        except ValidationError:
            clean = None
        if clean is None:
            raise NumberInvalid(by=by)
        keyring, store = self.approvals.keyring, self.approvals.store
        rows = store.rows(
            "personal_field/matching",
            community_id=self.community_id,
            fields=[by],
            index_hash=keyring.index(by, clean),
        )
        found = [row["subject_id"] for row in rows if row["subject_kind"] == "person"]
        self._note_search(by, found)
        return [self._match(person_id) for person_id in found]

    def receive(self, draft: RequestDraft) -> str:
        """Write a request down; its clock began when it came in. Returns its id.

        Raises:
            CodeUnknown, NotForKin, IdentityUnproven, ReceiptInvalid, NotThere: As it says.
        """
        self._check(draft)
        at = self.approvals.now()

        def unit(tx: Transaction) -> str:
            request_id = tx.ids(1)[0]
            row = {
                "request_id": request_id,
                "community_id": self.community_id,
                "kind": draft.kind,
                "person_id": draft.person_id,
                "requester": draft.requester,
                "channel": draft.channel,
                "identity_check": draft.identity_check,
                "field": draft.field if draft.kind == "correct" else None,
                "consent_purpose": (
                    draft.consent_purpose if draft.kind == "withdraw_consent" else None
                ),
                "state": "open",
                "received_at": draft.received_at,
                "due_at": due_at(draft.received_at),
                "handled_by": self.viewer.actor,
            }
            append_request(tx, row, "received", self.viewer.actor, at)
            self.approvals.audit.note(tx, request_line(self.viewer, "rights.receive", row))
            return request_id

        return self.approvals.store.write(unit).result()

    def requests(self) -> list[Row]:
        """Return the requests, the most urgent first, each with its `light`."""
        rows = self.approvals.store.rows(
            "rights_request/listing", community_id=self.community_id, most=MOST_LISTED
        )
        now = self.approvals.now()
        return [{**row, "light": reply_light(row["state"], row["due_at"], now)} for row in rows]

    def request(self, request_id: str) -> Row:
        """Return one request of this community.

        Raises:
            NotThere: There is none.
        """
        rows = self.approvals.store.rows(
            "rights_request/one", request_id=request_id, approval_id=None
        )
        if not rows or rows[0]["community_id"] != self.community_id:
            raise NotThere()
        return rows[0]

    def match(self, person_id: str) -> Match | None:
        """Return what the desk shows of the person of a request; None once erased."""
        rows = self.approvals.store.rows("rights_request/person", person_id=person_id)
        if not rows or rows[0]["community_id"] != self.community_id:
            return None
        return None if rows[0]["event_kind"] == "erased" else self._match(person_id)

    def _check(self, draft: RequestDraft) -> None:
        one_of(draft.kind, REQUEST_KINDS, "request_kind")
        one_of(draft.requester, REQUESTERS, "requester")
        one_of(draft.channel, CHANNELS, "channel")
        one_of(draft.identity_check, ALL_CHECKS, "identity_check")
        if draft.kind == "correct":
            one_of(draft.field, tuple(f.name for f in sealed_fields("person")), "field")
        if draft.kind == "withdraw_consent":
            one_of(draft.consent_purpose, CONSENT_PURPOSES, "consent_purpose")
        check_requester(draft.kind, draft.requester, draft.identity_check)
        now = self.approvals.now()
        if not now - OLDEST_RECEIPT <= draft.received_at <= now:
            raise ReceiptInvalid(days=OLDEST_RECEIPT.days)
        if draft.person_id is None:
            return
        match = self.match(draft.person_id)
        if match is None:
            raise NotThere()
        if match.guarded and draft.requester == "self":  # DOMAIN R5: a guardian speaks
            raise IdentityUnproven(requester="self", check=draft.identity_check)

    def _match(self, person_id: str) -> Match:
        store = self.approvals.store
        person = store.rows("rights_request/person", person_id=person_id)[0]
        values = values_of_subjects(store, self.approvals.keyring, [person_id]).get(person_id, {})
        today = local_day(store, self.community_id, self.approvals.now())
        styles = {each.name: each.mask for each in sealed_fields("person")}
        return Match(
            person_id,
            {n: mask(styles[n], values[n], today) for n in _SHOWN if n in values},
            person["building_zh"],
            is_guarded(values.get("birth_date"), today),
        )

    def _note_search(self, by: str, found: list[str]) -> None:
        subject = {"subject_kind": "person", "subject_id": found[0]} if len(found) == 1 else {}
        line = self._line("rights.find", detail=f"{by}: {len(found)}", **subject)
        refused = self._line("rights.find", result="refused", detail="too_many_searches")
        since = self.approvals.now() - SEARCH_SPAN

        def unit(tx: Transaction) -> bool:
            searches = tx.rows(
                "rights_request/recent_searches", actor=self.viewer.actor, since=since
            )
            over = bool(searches[0]["n"] >= MOST_SEARCHES)
            self.approvals.audit.note(tx, refused if over else line)
            return over

        if self.approvals.store.write(unit).result():
            raise TooManySearches(most=MOST_SEARCHES)

    def _line(self, action: str, **more: Any) -> AuditLine:
        return line_for(self.viewer, action, self.community_id, **more)


def append_request(
    tx: Transaction, row: Row, event_kind: str, actor: str, at: datetime, **changes: object
) -> Row:
    """Append a request's next event; returns its state after it."""
    after = {**row, **changes}
    event = {**after, "event_kind": event_kind, "actor": actor, "happened_at": at}
    tx.append("rights_request", [event])
    return after


def request_line(viewer: Viewer, action: str, row: Row, **more: Any) -> AuditLine:
    """Return the audit's line about a step of a request."""
    return line_for(
        viewer,
        action,
        row["community_id"],
        subject_kind="person" if row["person_id"] else None,
        subject_id=row["person_id"],
        field=row.get("field"),
        purpose="rights_request",
        detail=more.pop("detail", f"{row['kind']} {row['request_id']}"),
        **more,
    )
