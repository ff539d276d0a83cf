"""Where gates call: the tablet's page and socket, and signed messages of door stations."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from actions.access import CLI
from actions.gates.register import GateDesk, GateDraft
from actions.notify.posting import Guard
from actions.notify.signing import signed_headers
from actions.vault import Vault
from data.store import Store
from tests.api.signing_in import sign_in

HOST = "ws://127.0.0.1:8050"


@pytest.fixture
def gates(app: FastAPI, store: Store, vault: Vault) -> GateDesk:
    return GateDesk(store, vault.audit, vault.keyring, Guard(), CLI, "demo")


@pytest.fixture
def gate(gates: GateDesk, store: Store) -> tuple[str, str]:
    """A gate that rings and cannot be opened: its id and its signing secret."""
    secret = gates.save(GateDraft({"name_zh": "东门", "kind": "none"}))
    gate_id = store.rows("gate/list", community_ids=["demo"], now=datetime.now(UTC))[0]["gate_id"]
    gates.switch(gate_id, True)
    return gate_id, secret


def post(client: TestClient, gate: tuple[str, str], key: str, **more: Any) -> Any:
    body = json.dumps({"type": "gate.call", "gate": gate[0], **more}).encode()
    headers = signed_headers(key, body, datetime.now(UTC), [gate[1]])
    return client.post(
        "/api/v1/gates/calls",
        content=body,
        headers={**headers, "Content-Type": "application/json"},
    )


def test_the_tablets_page_is_opened_by_its_link_alone_and_keeps_it_to_itself(
    client: TestClient, gates: GateDesk, gate: tuple[str, str]
) -> None:
    path = gates.link(gate[0])
    answer = client.get(path)
    assert answer.status_code == 200 and "东门" in answer.text
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers
    assert path.rpartition("/")[2] not in answer.text
    gates.unlink(gate[0])
    assert client.get(path).status_code == 404
    assert client.get("/gate/" + "x" * 43).status_code == 404


def test_whoever_tries_links_has_to_wait(client: TestClient) -> None:
    tried = [client.get(f"/gate/{n}").status_code for n in range(60)]
    assert tried[0] == 404 and tried[-1] == 429


def test_a_press_rings_at_the_desk_and_is_answered(
    client: TestClient, gates: GateDesk, gate: tuple[str, str], account: Callable[..., str]
) -> None:
    account()
    line = HOST + gates.link(gate[0]) + "/line"
    with client.websocket_connect(line) as door:
        door.send_json({"t": "press"})
        call = door.receive_json()["call"]
        door.send_json({"t": "press"})
        assert door.receive_json() == {"t": "refused", "code": "gate_busy"}
        headers = signed_in(client)
        with client.websocket_connect(f"{HOST}/api/v1/video", headers=headers) as page:
            ringing = page.receive_json()
            assert (ringing["t"], ringing["gate"], ringing["opens"]) == ("ringing", gate[0], False)
            page.send_json({"t": "answer", "call": call})
            assert page.receive_json() == {"t": "answered", "call": call, "ice": []}
            assert door.receive_json()["t"] == "answered"
            page.send_json({"t": "signal", "call": call, "data": {"description": "x"}})
            assert door.receive_json()["data"] == {"description": "x"}
            page.send_json({"t": "gate_open", "call": call})
            refused = page.receive_json()
            assert refused == {"t": "refused", "call": call, "code": "gate_not_openable"}
            page.send_json({"t": "hang_up", "call": call})
            assert door.receive_json()["outcome"] == "refused"


def test_a_closed_link_rings_no_more_on_a_page_that_is_open(
    client: TestClient, gates: GateDesk, gate: tuple[str, str]
) -> None:
    line = HOST + gates.link(gate[0]) + "/line"
    with client.websocket_connect(line) as door:
        gates.unlink(gate[0])
        door.send_json({"t": "press"})
        assert door.receive_json() == {"t": "refused", "code": "gate_off"}
    with client.websocket_connect(line) as door, pytest.raises(WebSocketDisconnect) as over:
        door.receive_json()
    assert over.value.code == 4404


def test_a_door_stations_message_rings_once_and_tells_how_it_went(
    client: TestClient, gate: tuple[str, str], store: Store
) -> None:
    first = post(client, gate, "message-1")
    assert first.status_code == 201 and first.json()["state"] == "ringing"
    again = post(client, gate, "message-1")
    assert again.status_code == 200 and again.json()["call"] == first.json()["call"]
    assert post(client, gate, "message-2").json()["error"]["code"] == "gate_busy"
    assert len(store.rows("gate_call/unended")) == 1


def test_what_is_not_signed_by_the_gates_station_does_not_ring(
    client: TestClient, gate: tuple[str, str], gates: GateDesk, store: Store
) -> None:
    foreign = (gate[0], "whsec_" + "A" * 44)
    assert post(client, foreign, "message-1").status_code == 401
    assert post(client, ("nowhere", gate[1]), "message-1").status_code == 401
    assert post(client, gate, "short").status_code == 401
    assert post(client, gate, "message-1", visitor="王").status_code == 400
    body = json.dumps({"type": "gate.call", "gate": gate[0]}).encode()
    bare = {"Content-Type": "application/json"}
    assert client.post("/api/v1/gates/calls", content=body, headers=bare).status_code == 401
    gates.switch(gate[0], False)
    off = post(client, gate, "message-3")
    assert (off.status_code, off.json()["error"]["code"]) == (409, "gate_off")
    assert store.rows("gate_call/unended") == []


def signed_in(client: TestClient) -> dict[str, str]:
    """The cookies of an officer, for a websocket."""
    sign_in(client)
    return {"cookie": "; ".join(f"{c.name}={c.value}" for c in client.cookies.jar)}
