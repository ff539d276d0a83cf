"""The pages about accounts, walls, keys and one's own account: shown, answered, refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from actions.access import NotAllowed, current_session, current_viewer
from actions.intake.recording import record, record_community
from actions.users.account_drafts import AccountDraft
from actions.users.accounts import Accounts
from actions.users.passwords import PasswordHashing
from actions.vault import Vault
from components.wording import Language
from data.store import Store
from pages import door_request
from rules.records import AreaRecord, CommunityRecord
from rules.viewer import Viewer
from tests.actions.door import OTHER_PASSWORD, PASSWORD, QUICK

Page = Callable[[str], ModuleType]
Render = Callable[[Any], str]
EMPTY: dict[str, Any] = {"seq": 1, "action": "", "id": "", "values": {}}


@pytest.fixture
def admin(
    store: Store, as_viewer: Callable[..., Viewer], page: Page, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Viewer]:
    """The administrator of a community with a grid, whose passwords are hashed quickly."""
    for community_id in ("demo", "other"):
        record_community(store, CommunityRecord(community_id=community_id, name_zh="社区")).result()
    grid = AreaRecord(source_id="g1", level="grid", name_zh="一网格", name_en="Grid 1")
    record(store, "areas", "demo", "test", [grid]).result()
    hashing = PasswordHashing(QUICK)
    for name in ("accounts", "own_account"):
        monkeypatch.setattr(page(name), "password_hashing", lambda: hashing)
    monkeypatch.setattr(page("kiosks"), "own_address", lambda: "http://127.0.0.1:8050")
    yield as_viewer("admin")
    hashing.close()


@pytest.fixture
def accounts(store: Store, vault: Vault, admin: Viewer) -> Accounts:
    """The accounts as the administrator may manage them."""
    return Accounts(store, vault.audit, admin)


def wish(action: str, object_id: str = "", **values: Any) -> dict[str, Any]:
    return {"seq": 1, "action": action, "id": object_id, "values": values}


@pytest.mark.parametrize("name", ["accounts", "kiosks", "keys"])
def test_without_anything_a_page_says_what_to_do(
    name: str, page: Page, admin: Viewer, render: Render, language: Language
) -> None:
    said = render(page(name).layout())
    assert "nothing-hint" in said
    assert ("Make one" in said or "Make a link" in said) is (language == "en")


@pytest.mark.parametrize("name", ["accounts", "kiosks", "keys"])
def test_no_other_role_opens_or_is_answered(
    name: str, page: Page, admin: Viewer, as_viewer: Callable[..., Viewer], render: Render
) -> None:
    module = page(name)
    as_viewer("secretary")
    guarded = module.layout
    assert guarded is not None
    answer = getattr(module, f"answer_{name}")
    with pytest.raises(NotAllowed):
        answer(wish("create", community="demo", role="source", label="x"))
    with pytest.raises(NotAllowed):
        module.body()


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "create",
        {},
        {"action": "create"},
        {"action": 1, "id": "", "values": {}},
        {"action": "create", "id": None, "values": {}},
        {"action": "create", "id": "", "values": []},
        {"action": "create", "id": "", "values": {"label": 5}},
        {"action": "create", "id": "", "values": {"label": {"a": 1}}},
        {"action": "create", "id": "", "values": {"label": "x" * 3_000}},
        {"action": "create", "id": "", "values": {"label": "\ud800"}},
        {"action": "create", "id": "x" * 200, "values": {}},
        {"action": "create", "id": "a\nb", "values": {}},
        {"action": "create", "id": "", "values": {str(n): "x" for n in range(50)}},
        {"action": "create", "id": "", "values": {"areas": [1, 2]}},
        {"action": "create", "id": "", "values": {"areas": ["x"] * 1_000}},
    ],
)
def test_what_our_pages_do_not_send_is_refused(data: object) -> None:
    with pytest.raises(door_request.DoorRequestUnreadable):
        door_request.read_door_request(data)


class TestAccounts:
    """Made, changed and closed on the page."""

    def test_a_new_account_shows_its_password_once(
        self, page: Page, admin: Viewer, accounts: Accounts, render: Render, language: Language
    ) -> None:
        module = page("accounts")
        render(module.layout(account="new"))
        values = {"login": " Duty1 ", "role": "duty_officer", "community": "demo", "areas": []}
        notice, body = module.answer_accounts(wish("save", "new", **values))
        assert "door-once" in render(notice)
        made = accounts.listed()[0]
        assert (made["login"], made["must_change"]) == ("duty1", True)
        assert "duty1" in render(body)
        assert "duty1" in render(module.layout(account=made["account_id"]))

    def test_what_cannot_be_is_said_and_the_form_stays(
        self, page: Page, admin: Viewer, accounts: Accounts, render: Render, language: Language
    ) -> None:
        module = page("accounts")
        for values, code in (
            ({"login": "D U", "role": "admin", "community": "demo"}, "login_invalid"),
            ({"login": "duty1", "role": "wall", "community": "demo"}, "role_unknown"),
            ({"login": "duty1", "role": "admin", "community": "other"}, "community_unknown"),
            (
                {"login": "duty1", "role": "admin", "community": "demo", "areas": ["x"]},
                "area_unknown",
            ),
            (
                {"login": "duty1", "role": "admin", "community": "demo", "subject": "no bar"},
                "oidc_subject_invalid",
            ),
        ):
            notice, _ = module.answer_accounts(wish("save", "new", **values))
            assert f'"data-code": "{code}"' in render(notice)
        assert accounts.listed() == []

    def test_each_button_does_what_it_says(
        self, page: Page, admin: Viewer, accounts: Accounts, render: Render, language: Language
    ) -> None:
        module = page("accounts")
        account_id = accounts.create(AccountDraft("duty1", "duty_officer", "demo"), "hash")
        values = {"role": "secretary", "community": "demo"}
        for request in (
            wish("save", account_id, **values),
            wish("set_password", account_id),
            wish("unlock", account_id),
            wish("end_sessions", account_id),
            wish("reset_factor", account_id),
            wish("close", account_id),
        ):
            notice, body = module.answer_accounts(request)
            assert "refused" not in render(notice) and "duty1" in render(body)
        assert accounts.listed()[0]["removed_at"] is not None
        module.answer_accounts(wish("reopen", account_id))
        row = accounts.listed()[0]
        assert (row["removed_at"], row["role"]) == (None, "secretary")

    def test_an_account_of_another_community_is_not_there(
        self, page: Page, store: Store, vault: Vault, admin: Viewer, render: Render
    ) -> None:
        theirs = Viewer("account", "a2", "admin", frozenset({"other"}))
        account_id = Accounts(store, vault.audit, theirs).create(
            AccountDraft("their1", "duty_officer", "other"), "hash"
        )
        module = page("accounts")
        assert "their1" not in render(module.layout(account=account_id))
        for action in ("save", "close", "set_password", "made up"):
            notice, _ = module.answer_accounts(
                wish(action, account_id, role="admin", community="demo")
            )
            assert '"data-code": "not_found"' in render(notice)


class TestWallsAndKeys:
    """Shown once, listed without their secret, revoked."""

    def test_a_wall_link_is_shown_once_with_a_code_to_scan(
        self, page: Page, admin: Viewer, render: Render, language: Language
    ) -> None:
        module = page("kiosks")
        notice, body = module.answer_kiosks(wish("create", community="demo", label="<b>room</b>"))
        shown = render(notice)
        assert "http://127.0.0.1:8050/kiosk/" in shown and "data:image/svg+xml" in shown
        secret = shown.partition("/kiosk/")[2][:43]
        assert secret not in render(body) and "<b>room</b>" in render(body)  # text, not markup
        kiosk_id = module._kiosks().listed()[0]["kiosk_id"]
        _, body = module.answer_kiosks(wish("revoke", kiosk_id))
        assert "data-action" not in render(body[-1])

    def test_a_key_is_shown_once_and_only_software_roles_are_offered(
        self, page: Page, admin: Viewer, render: Render, language: Language
    ) -> None:
        module = page("keys")
        notice, body = module.answer_keys(
            wish("create", community="demo", role="source", label="hotline")
        )
        assert "yp_" in render(notice) and "yp_" not in render(body)
        refused, _ = module.answer_keys(wish("create", community="demo", role="privacy", label="x"))
        assert '"data-code": "role_unknown"' in render(refused)
        key_id = (
            render(body).partition("yp")[0]
            and module.listed_keys(module.services().store, admin)[0]["api_key_id"]
        )
        module.answer_keys(wish("revoke", key_id))
        again, _ = module.answer_keys(wish("revoke", key_id))
        assert '"data-code": "key_unknown"' in render(again)


class TestOwnAccount:
    """Everybody's own; nobody else's."""

    @pytest.fixture
    def duty(self, accounts: Accounts) -> Iterator[Viewer]:
        """A duty officer who has signed in."""
        draft = AccountDraft("duty1", "duty_officer", "demo")
        account_id = accounts.create(draft, QUICK.hash(PASSWORD), must_change=False)
        viewer = Viewer("account", account_id, "duty_officer", frozenset({"demo"}), label="duty1")
        token, session = current_viewer.set(viewer), current_session.set("s1")
        yield viewer
        current_session.reset(session)
        current_viewer.reset(token)

    def test_it_shows_who_one_is(
        self, page: Page, duty: Viewer, render: Render, language: Language
    ) -> None:
        said = render(page("own_account").layout())
        assert "duty1" in said
        assert ("duty officer" in said) is (language == "en")

    def test_the_password_changes_with_the_present_one_only(
        self, page: Page, duty: Viewer, render: Render, language: Language
    ) -> None:
        answer = page("own_account").answer_own_account
        wrong, _ = answer(wish("change_password", present="no", wanted=OTHER_PASSWORD))
        assert '"data-code": "password_wrong"' in render(wrong)
        poor, _ = answer(wish("change_password", present=PASSWORD, wanted="short"))
        assert '"data-code": "password_short"' in render(poor)
        notice, body = answer(wish("change_password", present=PASSWORD, wanted=OTHER_PASSWORD))
        assert "refused" not in render(notice)
        assert OTHER_PASSWORD not in render(notice) + render(body)

    def test_a_second_factor_shows_code_and_recovery_codes_once(
        self, page: Page, duty: Viewer, render: Render, language: Language
    ) -> None:
        answer = page("own_account").answer_own_account
        setup, _ = answer(wish("begin_factor", present=PASSWORD))
        assert "data:image/svg+xml" in render(setup)
        wrong, _ = answer(wish("confirm_factor", code="000000"))
        assert '"data-code": "code_wrong"' in render(wrong)

    def test_nothing_else_can_be_asked(self, page: Page, duty: Viewer, render: Render) -> None:
        answer = page("own_account").answer_own_account
        for request in (wish("close", duty.id), wish(""), wish("end_session", "made up")):
            notice, _ = answer(request)
            assert '"data-code": "not_found"' in render(notice)

    def test_a_wall_has_no_account(self, page: Page, admin: Viewer, render: Render) -> None:
        wall = Viewer("kiosk", "k1", "wall", frozenset({"demo"}))
        token = current_viewer.set(wall)
        try:
            with pytest.raises(NotAllowed):
                page("own_account").answer_own_account(wish("end_others"))
        finally:
            current_viewer.reset(token)
