"""A real OpenID Connect provider (Canaille) on a port of this machine, in a process of its own.

Run as a script: `oidc_provider.py PORT REDIRECT_URI`. It knows two people and one client;
everything is in memory and gone when it ends.
"""

from __future__ import annotations

import sys

CLIENT_ID = "yiping"
CLIENT_SECRET = "only-for-tests-of-this-machine"
PASSWORD = "correct horse battery staple"
PEOPLE = ("duty1", "stranger")


def main(port: int, redirect_uri: str) -> None:
    """Serve until the process is ended."""
    from canaille import create_app
    from joserfc.jwk import RSAKey
    from werkzeug.serving import run_simple

    key = RSAKey.generate_key(2048, parameters={"kid": "test", "use": "sig"}, auto_kid=True)
    app = create_app(
        {
            "SECRET_KEY": "only-for-tests",
            "SERVER_NAME": f"127.0.0.1:{port}",
            "PREFERRED_URL_SCHEME": "http",
            "CANAILLE": {"DATABASE": "memory", "HTMX": False, "JAVASCRIPT": False},
            "CANAILLE_OIDC": {"ACTIVE_JWKS": [key.as_dict(private=True)]},
        }
    )
    with app.app_context():
        fill(redirect_uri)
    run_simple("127.0.0.1", port, app, threaded=True)


def fill(redirect_uri: str) -> None:
    """Make the people and the client."""
    from canaille.app import models
    from canaille.backends import Backend

    for name in PEOPLE:
        person = models.User(
            user_name=name,
            family_name=name,
            formatted_name=name,
            display_name=name,
            emails=[f"{name}@example.org"],
            password=PASSWORD,
        )
        Backend.instance.save(person)
    client = models.Client(
        client_id=CLIENT_ID,
        client_secret=CLIENT_SECRET,
        client_name="Yiping",
        client_uri="http://127.0.0.1",
        redirect_uris=[redirect_uri],
        grant_types=["authorization_code"],
        response_types=["code"],
        token_endpoint_auth_method="client_secret_basic",
        scope=["openid", "profile"],
    )
    Backend.instance.save(client)
    client.audience = [client]
    Backend.instance.save(client)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
