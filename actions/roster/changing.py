"""Changes the roster for people: teams, shifts, absences and stand-ins, each with its audit line.

Supervisors shape the roster (`roster.write`); whoever is on the desk at night may note who is away
and who stands in (`roster.cover`). Versions are ids of events, so two people never overwrite.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from actions.access import NotThere, allow
from actions.auditing import line_for
from actions.roster.drafts import AbsenceDraft, ShiftDraft, TeamDraft
from actions.roster.membership import belong
from actions.setup.errors import ChangedMeanwhile
from data.audit import AuditChain
from data.rosters import shift_of
from data.store import Store
from data.transaction import Transaction
from rules.privacy import Action
from rules.roster_fields import check_absence, check_shift
from rules.setup_fields import ChoiceUnknown, choice_of, needed_name
from rules.viewer import Viewer
from rules.vocabulary import TEAM_KINDS

T = TypeVar("T")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RosterDesk:
    """Who changes which community's roster, and with what."""

    store: Store
    audit: AuditChain
    asking: Viewer
    community_id: str

    def save_team(self, draft: TeamDraft) -> str:
        """Make or change a team and say who belongs to it; returns its id.

        Raises:
            NotAllowed, NotThere: The role may not, or there is no such team here.
            ChangedMeanwhile: Somebody changed it since it was read.
            RuleViolation: A name, kind, organisation or worker cannot be taken.
        """

        def work(tx: Transaction) -> str:
            facts = self._team_facts(tx, draft)
            if draft.team_id:
                state = self._current(tx, "team", draft.team_id, draft.version)
            else:
                state = {"team_id": tx.ids(1)[0], "removed_at": None}
            state |= facts
            self._append(tx, "team", "changed" if draft.team_id else "registered", [state])
            self._set_members(tx, state["team_id"], draft.worker_ids)
            unit = state["organisation_id"]
            belong(tx, draft.worker_ids, unit, self.asking.actor)
            return str(state["team_id"])

        return self._take("roster.write", "roster.team", "team", work)

    def remove_team(self, team_id: str, version: str) -> None:
        """Take a team out of use; its shifts take place no more.

        Raises:
            NotAllowed, NotThere, ChangedMeanwhile: Nothing was changed.
        """
        self._remove("team", team_id, version, "roster.write")

    def save_shift(self, draft: ShiftDraft) -> str:
        """Make a shift or change when it takes place, and who keeps it; returns its id.

        Raises:
            NotAllowed, NotThere, ChangedMeanwhile: Nothing was changed.
            ShiftInvalid: It could never take place.
            ChoiceUnknown: A worker or the team is not in use here.
        """

        def work(tx: Transaction) -> str:
            if self._state(tx, "team", draft.team_id)["removed_at"] is not None:
                raise ChoiceUnknown("team_id")
            if draft.shift_id:
                row = self._current(tx, "shift", draft.shift_id, draft.version)
            else:
                row = {"shift_id": tx.ids(1)[0], "removed_at": None}
            row |= draft.facts()
            check_shift(shift_of(row))
            self._append(tx, "shift", "changed" if draft.shift_id else "registered", [row])
            self._set_keepers(tx, row, draft.worker_ids)
            return str(row["shift_id"])

        return self._take("roster.write", "roster.shift", "shift", work)

    def remove_shift(self, shift_id: str, version: str) -> None:
        """Take a shift out of use.

        Raises:
            NotAllowed, NotThere, ChangedMeanwhile: Nothing was changed.
        """
        self._remove("shift", shift_id, version, "roster.write")

    def add_absence(self, draft: AbsenceDraft) -> str:
        """Note that somebody is away, and who stands in where that is known; returns its id.

        Raises:
            NotAllowed: The role may not.
            ShiftInvalid: It ends before it begins, or somebody stands in for themselves.
            ChoiceUnknown: A worker is not in use here.
        """

        def work(tx: Transaction) -> str:
            self._check_workers(tx, [draft.worker_id, *filter(None, [draft.stand_in_id])])
            check_absence(draft.worker_id, draft.start_at, draft.end_at, draft.stand_in_id)
            state = {**draft.facts(), "absence_id": tx.ids(1)[0], "removed_at": None}
            self._append(tx, "absence", "registered", [state])
            return str(state["absence_id"])

        return self._take("roster.cover", "roster.absence", "absence", work)

    def set_stand_in(self, absence_id: str, version: str, stand_in_id: str | None) -> None:
        """Say who stands in during an absence, or that nobody does yet.

        Raises:
            NotAllowed, NotThere, ChangedMeanwhile, ShiftInvalid, ChoiceUnknown: As above.
        """

        def work(tx: Transaction) -> str:
            state = self._current(tx, "absence", absence_id, version)
            self._check_workers(tx, [stand_in_id] if stand_in_id else [])
            check_absence(state["worker_id"], state["start_at"], state["end_at"], stand_in_id)
            self._append(tx, "absence", "changed", [{**state, "stand_in_id": stand_in_id}])
            return absence_id

        self._take("roster.cover", "roster.stand_in", "absence", work)

    def remove_absence(self, absence_id: str, version: str) -> None:
        """Take an absence back.

        Raises:
            NotAllowed, NotThere, ChangedMeanwhile: Nothing was changed.
        """
        self._remove("absence", absence_id, version, "roster.cover")

    def _take(self, action: Action, said: str, noun: str, work: Callable[[Transaction], T]) -> T:
        allow(action, self.community_id)

        def unit(tx: Transaction) -> T:
            result = work(tx)
            line = line_for(
                self.asking, said, self.community_id, subject_kind=noun, subject_id=str(result)
            )
            self.audit.note(tx, line)
            return result

        return self.store.write(unit).result()

    def _remove(self, noun: str, object_id: str, version: str, action: Action) -> None:
        def work(tx: Transaction) -> str:
            state = self._current(tx, noun, object_id, version)
            self._append(tx, noun, "removed", [{**state, "removed_at": tx.now}])
            return object_id

        self._take(action, "roster.remove", noun, work)

    def _state(self, tx: Transaction, noun: str, object_id: str) -> Row:
        rows = tx.rows(f"roster/state_{noun}", community_id=self.community_id, object_id=object_id)
        if not rows:
            raise NotThere(noun=noun)
        return rows[0]

    def _current(self, tx: Transaction, noun: str, object_id: str, version: str) -> Row:
        """Return the state of what is changed, without its version."""
        state = self._state(tx, noun, object_id)
        if state.pop("event_id") != version or state["removed_at"] is not None:
            raise ChangedMeanwhile(noun=noun)
        return state

    def _append(self, tx: Transaction, noun: str, kind: str, states: Sequence[Row]) -> None:
        stamp = {
            "event_kind": kind,
            "happened_at": tx.now,
            "actor": self.asking.actor,
            "community_id": self.community_id,
        }
        tx.append(noun, [{**state, **stamp} for state in states])

    def _team_facts(self, tx: Transaction, draft: TeamDraft) -> Row:
        if draft.organisation_id:
            units = tx.rows("organisation/register", community_id=self.community_id)
            if draft.organisation_id not in {row["organisation_id"] for row in units}:
                raise ChoiceUnknown("organisation_id")
        self._check_workers(tx, draft.worker_ids)
        return {
            "kind": choice_of("kind", draft.kind, TEAM_KINDS),
            "name_zh": needed_name("name_zh", draft.name_zh),
            "name_en": draft.name_en.strip() or None,
            "organisation_id": draft.organisation_id or None,
        }

    def _check_workers(self, tx: Transaction, worker_ids: Sequence[str]) -> None:
        rows = tx.rows("roster/workers", community_id=self.community_id)
        if not set(worker_ids) <= {row["worker_id"] for row in rows}:
            raise ChoiceUnknown("worker_id")

    def _set_members(self, tx: Transaction, team_id: str, worker_ids: Sequence[str]) -> None:
        held = tx.rows("roster/memberships", team_id=team_id)
        gone = [{**row, "removed_at": tx.now} for row in held if row["worker_id"] not in worker_ids]
        here = {row["worker_id"] for row in held}
        new = [one for one in dict.fromkeys(worker_ids) if one not in here]
        joined = [
            {"team_member_id": member_id, "team_id": team_id, "worker_id": worker_id}
            for member_id, worker_id in zip(tx.ids(len(new)), new, strict=True)
        ]
        self._append(tx, "team_member", "left", gone)
        self._append(tx, "team_member", "joined", joined)

    def _set_keepers(self, tx: Transaction, shift: Row, worker_ids: Sequence[str]) -> None:
        self._check_workers(tx, worker_ids)
        held = tx.rows("roster/kept_shift", shift_id=shift["shift_id"])
        gone = [{**row, "removed_at": tx.now} for row in held if row["worker_id"] not in worker_ids]
        here = {row["worker_id"] for row in held}
        new = [one for one in dict.fromkeys(worker_ids) if one not in here]
        keeps = {"shift_id": shift["shift_id"], "first_on": shift["first_on"]}
        made = [
            {"assignment_id": key, "worker_id": worker_id, "last_on": None, **keeps}
            for key, worker_id in zip(tx.ids(len(new)), new, strict=True)
        ]
        self._append(tx, "assignment", "removed", gone)
        self._append(tx, "assignment", "assigned", made)
