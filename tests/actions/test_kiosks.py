"""Device links of walls: who makes them, what is kept of them, and how they end."""

from __future__ import annotations

import pytest

from actions.access import CLI, NotAllowed, NotThere
from actions.users.account_drafts import AccountDraft
from actions.users.keys import CommunityUnknown
from actions.users.kiosks import Kiosks, LabelInvalid, find_kiosk
from data.rebuild import rebuild
from rules.privacy import ROLES
from rules.viewer import Viewer
from tests.actions.door import Door


def kiosks(door: Door, role: str = "admin", *communities: str) -> Kiosks:
    asking = Viewer("account", "a1", role, frozenset(communities or ("demo",)))
    return Kiosks(door.store, door.vault.audit, asking)


def test_a_link_opens_one_community_and_only_its_hash_is_kept(door: Door) -> None:
    made = kiosks(door).create("demo", "指挥中心")
    found = find_kiosk(door.store, made.secret)
    assert found == {"kiosk_id": made.kiosk_id, "community_id": "demo", "label": "指挥中心"}
    assert made.path == f"/kiosk/{made.secret}" and len(made.secret) == 43
    assert made.secret not in str(door.sql("from kiosk_event")) + str(door.sql("from audit_event"))


def test_a_revoked_link_opens_nothing_and_its_walls_are_signed_out(door: Door) -> None:
    made, other = kiosks(door).create("demo"), kiosks(door).create("demo")
    for kiosk_id in (made.kiosk_id, other.kiosk_id):
        row = {
            "session_id": kiosk_id,
            "token_hash": "x",
            "holder_kind": "kiosk",
            "holder_id": kiosk_id,
            "method": "link",
            "created_at": door.now,
            "seen_at": door.now,
        }
        door.store.write(
            lambda tx, row=row: tx.run("session/open", {"incoming": tx.table("session", [row])})
        ).result()
    kiosks(door).revoke(made.kiosk_id)
    assert find_kiosk(door.store, made.secret) is None
    assert find_kiosk(door.store, other.secret) is not None
    assert door.sql("select holder_id from session") == [(other.kiosk_id,)]
    listed = {row["kiosk_id"]: row for row in kiosks(door).listed()}
    assert listed[made.kiosk_id]["removed_at"] is not None
    assert listed[other.kiosk_id]["walls"] == 1
    kiosks(door).revoke(made.kiosk_id)  # again changes nothing
    assert [line[0] for line in door.audited()].count("kiosk.revoke") == 1


@pytest.mark.parametrize("secret", ["", "x", "y" * 43, "z" * 100_000, "\ud800" * 43, "' or 1=1 --"])
def test_what_is_no_link_is_found_nowhere(door: Door, secret: str) -> None:
    kiosks(door).create("demo")
    assert find_kiosk(door.store, secret) is None


def test_links_of_another_community_are_not_there(door: Door) -> None:
    theirs = kiosks(door, "admin", "other").create("other")
    assert kiosks(door).listed() == []
    with pytest.raises(NotThere):
        kiosks(door).revoke(theirs.kiosk_id)
    for community_id in ("other", "nowhere", ""):
        with pytest.raises(CommunityUnknown):
            kiosks(door).create(community_id)
    assert len(Kiosks(door.store, door.vault.audit, CLI).listed()) == 1


def test_no_other_role_makes_or_revokes_links(door: Door) -> None:
    made = kiosks(door).create("demo")
    for role in ROLES:
        if role == "admin":
            continue
        with pytest.raises(NotAllowed):
            kiosks(door, role).create("demo")
        with pytest.raises(NotAllowed):
            kiosks(door, role).revoke(made.kiosk_id)
    assert find_kiosk(door.store, made.secret) is not None
    assert {line[1] for line in door.audited()[1:]} == {"refused"}


@pytest.mark.parametrize("label", ["x" * 81, "two\nlines", "\x1b[2J", "\u202eleft"])
def test_a_label_is_one_short_line(door: Door, label: str) -> None:
    with pytest.raises(LabelInvalid):
        kiosks(door).create("demo", label)


def test_accounts_and_links_are_rebuilt_from_their_logs_as_they_are(door: Door) -> None:
    account_id = door.account()
    door.accounts().change(account_id, AccountDraft("duty1", "secretary", "demo", ("other",)))
    door.accounts().close(door.account("duty2"))
    made = kiosks(door).create("demo", "大厅")
    kiosks(door).create("demo")
    kiosks(door).revoke(made.kiosk_id)
    report = {table.table: table for table in rebuild(door.store)}
    assert report["account_now"].same and report["account_now"].rows == 2
    assert report["kiosk_now"].same and report["kiosk_now"].rows == 2
