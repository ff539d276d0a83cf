"""Answers a camera that asks for name and password: Basic (RFC 7617) and Digest (RFC 7616)."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from dataclasses import dataclass, field

_FIELD = re.compile(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))')
_ALGORITHMS = {"md5": hashlib.md5, "sha-256": hashlib.sha256}


@dataclass(slots=True)
class Challenge:
    """What the camera asked, and how often it was answered.

    Attributes:
        scheme: basic or digest.
        fields: Parameters of the challenge, names in lower case.
        count: Answers given to its nonce.
    """

    scheme: str
    fields: dict[str, str] = field(default_factory=dict)
    count: int = 0


def challenge_of(headers: list[str]) -> Challenge | None:
    """Return the strongest challenge of the WWW-Authenticate headers we can answer, or None."""
    found: list[Challenge] = []
    for header in headers:
        scheme, _, rest = header.strip().partition(" ")
        if scheme.lower() == "basic":
            found.append(Challenge("basic"))
        elif scheme.lower() == "digest":
            fields = {name.lower(): a or b for name, a, b in _FIELD.findall(rest)}
            known = fields.get("algorithm", "MD5").lower() in _ALGORITHMS
            qop = [each.strip() for each in fields.get("qop", "auth").split(",")]
            if known and "nonce" in fields and "auth" in qop:
                found.append(Challenge("digest", fields))
    digests = [each for each in found if each.scheme == "digest"]
    sha = [each for each in digests if each.fields.get("algorithm", "").lower() == "sha-256"]
    return next(iter([*sha, *digests, *found]), None)


def authorization(challenge: Challenge, user: str, password: str, target: str) -> str:
    """Return the Authorization header of a GET of `target`; never log it."""
    if challenge.scheme == "basic":
        return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
    fields = challenge.fields
    hashed = _ALGORITHMS[fields.get("algorithm", "MD5").lower()]

    def digest(text: str) -> str:
        return hashed(text.encode()).hexdigest()

    realm, nonce = fields.get("realm", ""), fields["nonce"]
    secret, request = digest(f"{user}:{realm}:{password}"), digest(f"GET:{target}")
    said = [f'username="{_quoted(user)}"', f'realm="{realm}"', f'nonce="{nonce}"']
    said.append(f'uri="{target}"')
    if "qop" in fields:
        challenge.count += 1
        count, ours = f"{challenge.count:08x}", secrets.token_hex(8)
        answer = digest(f"{secret}:{nonce}:{count}:{ours}:auth:{request}")
        said += ["qop=auth", f"nc={count}", f'cnonce="{ours}"']
    else:
        answer = digest(f"{secret}:{nonce}:{request}")
    said.append(f'response="{answer}"')
    said += [f'opaque="{fields["opaque"]}"'] if "opaque" in fields else []
    said += [f"algorithm={fields['algorithm']}"] if "algorithm" in fields else []
    return "Digest " + ", ".join(said)


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
