"""A community with a few people on record, officers of each role, and a clock set by hand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from actions.approvals import Approvals
from actions.files.consent_recording import record_consents
from actions.files.recording import record_files
from actions.intake.recording import record, record_community
from actions.rights.requests import RequestDraft, RightsDesk
from actions.vault import Vault
from data.store import Store
from rules.records import AreaRecord, CommunityRecord, PlaceRecord
from rules.residents import ConsentRecord, PersonRecord
from rules.viewer import Viewer
from tests.closing import close_for_good

NAME, PHONE, ID_NUMBER = "王演示甲", "19900000001", "999999195003020017"
CARE_CONSENT = date(2026, 1, 5)


def officer(role: str, number: int = 1, *communities: str) -> Viewer:
    """Somebody signed in; each number is another person."""
    mine = frozenset(communities or {"demo"})
    return Viewer("account", f"{role}-{number}", role, mine, label=f"{role}{number}")


class Stage:
    """Everything the second person, the desk and retention work with, on a store on disk.

    Args:
        folder: Where it lies.
        store: An open store, with its vault, where the test has one already.
        filled: The folder is a copy of a stage's that was closed as new.
    """

    def __init__(
        self,
        folder: Path,
        store: Store | None = None,
        vault: Vault | None = None,
        *,
        filled: bool = False,
    ) -> None:
        self.folder = folder
        self.database = folder / "yiping.duckdb"
        self.now = datetime.now(UTC).replace(microsecond=0)
        if store is None or vault is None:
            self.open()
        else:
            self._stand_on(store, vault)
        if not filled:
            self._fill()

    def _fill(self) -> None:
        for community_id in ("demo", "other"):
            community = CommunityRecord(community_id=community_id, name_zh="青禾社区")
            record_community(self.store, community).result()
        grid = AreaRecord(source_id="g1", level="grid", name_zh="一网格")
        record(self.store, "areas", "demo", "t", [grid]).result()
        houses = [
            PlaceRecord(source_id=f"b{n}", kind="building", name_zh=f"{n}号楼", lon=113.4, lat=33.3)
            for n in (1, 2)
        ]
        record(self.store, "places", "demo", "t", houses).result()

    def open(self) -> None:
        """Open store and keys, as at a start."""
        store = Store.open(f"duckdb:{self.database}")
        self._stand_on(store, Vault.open(self.folder / "keys", store))

    def _stand_on(self, store: Store, vault: Vault) -> None:
        self.store, self.vault = store, vault
        self.keyring, self.audit = vault.keyring, vault.audit
        self.approvals = Approvals(self.store, self.keyring, self.audit, lambda: self.now)

    def close(self) -> None:
        """Close both, as at a stop."""
        self.vault.close()
        self.store.close()

    def drop(self) -> None:
        """Close both; the files are not needed any more."""
        self.vault.close()
        close_for_good(self.store)

    def restart(self) -> None:
        """Stop and start."""
        self.close()
        self.open()

    def later(self, **span: float) -> None:
        """Move the clock on."""
        self.now += timedelta(**span)

    def person(self, number: int = 1, **more: Any) -> str:
        """Register somebody; the first one has every kind of value. Returns the file's id."""
        values: dict[str, Any] = {
            "source_id": f"p{number}",
            "name": NAME if number == 1 else f"李演示{number}",
            "phone": PHONE if number == 1 else f"1990000{number:04}",
            "place_id": "b1",
        }
        if number == 1:
            values |= {"id_number": ID_NUMBER, "door": "501", "residence": "own"}
        result = record_files(
            self.store, "persons", "demo", "t", [PersonRecord(**{**values, **more})]
        )[0]
        assert result.id is not None, result.error
        return result.id

    def cared(self, number: int = 1) -> str:
        """Register somebody in the care register, with the consent for it."""
        return self.person(
            number, care_category="living_alone", care_consent_on=CARE_CONSENT.isoformat()
        )

    def consent(self, number: int, purpose: str, withdrawn_on: date | None = None) -> None:
        """Put a consent on record."""
        row = ConsentRecord(
            source_id=f"c{number}-{purpose}",
            person_id=f"p{number}",
            purpose=purpose,
            given_on=CARE_CONSENT,
            withdrawn_on=withdrawn_on,
        )
        result = record_consents(self.store, "demo", "t", [row])[0]
        assert result.error is None, result.error

    def desk(self, viewer: Viewer | None = None) -> RightsDesk:
        """The desk of the community."""
        return RightsDesk.open(self.approvals, viewer or officer("privacy"), "demo")

    def request(self, kind: str, person_id: str | None, **more: Any) -> str:
        """Take a request of the person; returns its id."""
        values: dict[str, Any] = {
            "requester": "self",
            "channel": "counter",
            "identity_check": "id_card",
            "received_at": self.now,
        }
        draft = RequestDraft(kind=kind, person_id=person_id, **{**values, **more})
        return self.desk().receive(draft)

    def sql(self, text: str) -> list[tuple[Any, ...]]:
        """Run SQL on the store."""
        cursor = self.store.cursor()
        try:
            return cursor.execute(text).fetchall()
        finally:
            cursor.close()

    def audited(self, action: str) -> list[tuple[Any, ...]]:
        """Lines of the audit about an action: result, actor, subject, detail.

        To be asked at the end: refused attempts that come later are not written any more.
        """
        self.audit.close()
        return self.sql(
            "select result, actor, subject_id, detail from audit_event "
            f"where action = '{action}' order by seq"
        )

    def state(self, person_id: str) -> str:
        """The last event of a file."""
        found: str = self.store.rows("person/current", ids=[person_id])[0]["event_kind"]
        return found

    def move_out(self, *person_ids: str, days_ago: int = 200) -> None:
        """Have people moved out so long ago."""
        gone = self.now - timedelta(days=days_ago)
        rows = self.store.rows("person/current", ids=list(person_ids))
        events = [
            {
                **row,
                "event_kind": "moved_out",
                "removed_at": gone,
                "happened_at": gone,
                "actor": "account:x",
            }
            for row in rows
        ]
        self.store.write(lambda tx: tx.append("person", events)).result()


@contextmanager
def opened_stage(folder: Path, new: Path) -> Iterator[Stage]:
    """Open a copy of a new stage's folder and close it at the end."""
    shutil.copytree(new, folder, dirs_exist_ok=True)
    stage = Stage(folder, filled=True)
    try:
        yield stage
    finally:
        stage.drop()
