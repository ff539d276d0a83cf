"""What officers and admins leave in a hostile community: reasons, labels, answers, audit lines."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from actions.access import CLI, current_viewer
from actions.alarms.raising import Reported, raise_signals
from actions.approvals import Approvals
from actions.auditing import line_for
from actions.deciding import decide
from actions.files.bulk_export import ExportWish, ask_export
from actions.plans.documents import PlanDesk, adopt_defaults, keep_version, plan_of
from actions.plans.starting import Start, start_plan
from actions.rights.answers import ask_second_person, refuse
from actions.rights.legal_holds import HoldWish, ask_hold
from actions.rights.requests import RequestDraft, RightsDesk
from actions.setup.areas import set_leader
from actions.setup.reading import areas_of
from actions.setup.step import SetupDesk
from actions.users.account_drafts import AccountDraft
from actions.users.accounts import Accounts
from actions.users.keys import create_key
from actions.users.kiosks import Kiosks, checked_label
from actions.vault import Vault
from data.audit import AuditLine
from rules.viewer import Viewer
from tests.browser.hostile_records import NOW, ROUND, HostileCommunity

FEW, SOME = range(5), ROUND[::3]
REASON = 200


def officer(role: str, account_id: str = "") -> Viewer:
    """Somebody signed in as bench/session.py signs them in."""
    login = account_id or f"{role}-demo"
    return Viewer("account", login, role, frozenset({"demo"}), label=login)


class HostileDeeds:
    """Does one of everything that leaves words; ids of what can be opened stand in `ids`."""

    def __init__(self, made: HostileCommunity, vault: Vault) -> None:
        self.made, self.vault, self.store = made, vault, made.store
        self.ids = made.ids
        self.approvals = Approvals(self.store, vault.keyring, vault.audit)

    def do(self) -> None:
        """Do all of it."""
        people = self.store.rows("person/current", ids=self.ids["persons"][:1])
        self.ids["households"] = [people[0]["household_id"]]
        self._labels()
        self._rights()
        self._second_person()
        self._audit()
        self._change_an_area()
        self._plans_and_alarms()

    def _plans_and_alarms(self) -> None:
        """A plan with hostile names in its second version, a drill of it, and an alarm."""
        adopt_defaults(self.store, "demo", "cli")
        self.ids["plans"] = ["lift-entrapment"]
        plan = plan_of(self.store, "demo", self.ids["plans"][0])["plan"]
        names = {f"title_{x}": self._take(f"plan.title_{x}", 0, 120) for x in ("zh", "en")}
        renamed = plan.model_copy(update={"version": 2, **names})
        self.store.write(lambda tx: keep_version(tx, "demo", renamed, "cli")).result()
        duty = officer("duty_officer")
        token = current_viewer.set(duty)
        desk = PlanDesk(self.store, self.vault.keyring, self.vault.audit)
        start = Start(self.ids["plans"][0], drill=True)
        self.ids["runs"] = [start_plan(desk, duty, "demo", start)]
        current_viewer.reset(token)
        signal = Reported(self._take("alarm.device", 0, 120), "smoke", NOW)
        raise_signals(self.store, "demo", "http:k", [signal], "key:k").result()

    def _take(self, tag: str, number: int, most: int = REASON) -> str:
        return self.made.texts.take(tag, number, most)

    def _labels(self) -> None:
        kiosks = Kiosks(self.store, self.vault.audit, CLI)
        accounts = Accounts(self.store, self.vault.audit, CLI)
        for n in SOME:
            if (label := self._label("kiosk.label", n)) is not None:
                kiosks.create("demo", label)
            if (label := self._label("key.label", n)) is not None:
                create_key(self.store, "source", "demo", label, self.vault.audit)
        for n in FEW:
            subject = f"https://idp.example|{self._take('account.oidc_subject', n)}"
            draft = AccountDraft(f"post-{n}", "secretary", "demo", oidc_subject=subject)
            self.ids.setdefault("accounts", []).append(accounts.create(draft, None))

    def _label(self, tag: str, number: int) -> str | None:
        """A label as the page takes it; one that is refused is shown nowhere."""
        label = self._take(tag, number, 80)
        if not label.isprintable():
            self.made.texts.given[tag].pop()
            return None
        return checked_label(label)

    def _rights(self) -> None:
        desk = RightsDesk.open(self.approvals, officer("privacy"), "demo")
        for n in FEW:
            refused, copy = (desk.receive(self._request(kind, n)) for kind in ("correct", "copy"))
            refuse(desk, refused, "nothing_wrong", self._take("rights.answer", n))
            ask_second_person(desk, copy, self._take("approval.copy", n))
            self.ids.setdefault("requests", []).append(refused)

    def _request(self, kind: str, number: int) -> RequestDraft:
        return RequestDraft(
            kind,
            "self",
            "counter",
            "id_card",
            NOW - timedelta(hours=1),
            self.ids["persons"][number],
            "phone" if kind == "correct" else None,
        )

    def _second_person(self) -> None:
        asking, second = officer("secretary"), officer("secretary", "secretary-2")
        for n in FEW:
            wish = ExportWish("cases", "data_check", self._take("approval.export", n))
            ask_export(self.approvals, asking, "demo", wish)
        settled = ExportWish("cases", "data_check", self._take("approval.settled", 0))
        export_id = ask_export(self.approvals, asking, "demo", settled)
        rows = self.store.rows("export_file/one", export_id=export_id, approval_id=None)
        decide(self.approvals, second, rows[0]["approval_id"], confirm=True)
        self.ids["exports"] = [export_id]
        for n in FEW:
            person, until = self.ids["persons"][n + 5], NOW + timedelta(days=30)
            hold = HoldWish("person", person, "dispute", self._take("approval.hold", n), until)
            ask_hold(self.approvals, officer("privacy"), "demo", hold)

    def _audit(self) -> None:
        for n in ROUND:
            subject: dict[str, Any] = {"subject_kind": "person"}
            subject["subject_id"] = self.ids["persons"][n]
            reason = self._take("audit.reason", n)
            detail = self._take("audit.detail", n)
            line = line_for(
                officer("secretary", "secretary-3"), "person.unmask", "demo", reason=reason,
                detail=detail, field="name", case_id=self._take("audit.case_id", n), **subject,
            )  # fmt: skip
            self.vault.audit.record(line)
            stranger = AuditLine(
                "sign_in",
                "refused",
                "anonymous",
                community_id="demo",
                origin=self._take("audit.origin", n),
                detail=self._take("audit.refused", n),
            )
            self.vault.audit.record(stranger)

    def _change_an_area(self) -> None:
        desk = SetupDesk(self.store, self.vault.audit, officer("admin"), "demo")
        workers = self.ids["workers"]
        for n, area in zip(FEW, areas_of(desk), strict=False):
            set_leader(desk, area["area_id"], area["version"], workers[n % len(workers)])
