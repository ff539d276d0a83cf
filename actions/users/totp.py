"""The second factor: six digits of an authenticator app (RFC 6238), or a one-time recovery code.

SHA-1, 30 s, six digits, because that is what every authenticator app can do. A code counts in its
own step and the ones beside it, and once only (RFC 6238 §5.2).
"""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime
from typing import Any

import pyotp

from actions.users.session_state import hash_of
from data.keyring import Keyring
from data.transaction import Transaction

Row = dict[str, Any]

ISSUER = "Yiping"
STEP_S = 30
STEPS_BESIDE = 1
DIGITS = 6
FIELD = "totp"  # what the secret is sealed as
RECOVERY_CODES = 10
RECOVERY_BYTES = 10  # 80 bits: guessing needs no slowing down, so a plain hash will do


def subject_of(account_id: str) -> str:
    """Return whose key seals an account's secret."""
    return f"account:{account_id}"


def new_secret() -> str:
    """Return a random secret of 160 bits in base32."""
    return pyotp.random_base32(32)


def setup_address(secret: str, login: str) -> str:
    """Return the otpauth: address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=login, issuer_name=ISSUER)


def step_of(secret: str, typed: str, now: datetime, last_step: int | None) -> int | None:
    """Return the time step a code belongs to, None where it is wrong or was used before.

    Args:
        secret: In base32.
        typed: As typed; spaces do not count.
        now: Aware.
        last_step: The last step whose code was used; it and all before count no more.
    """
    digits = "".join(typed.split())
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    current = int(now.timestamp()) // STEP_S
    codes = pyotp.TOTP(secret)
    found = None
    for step in range(current - STEPS_BESIDE, current + STEPS_BESIDE + 1):
        fits = hmac.compare_digest(codes.at(step * STEP_S), digits)
        if fits and (last_step is None or step > last_step):
            found = step
    return found


def secret_of(keyring: Keyring, credential: Row) -> str | None:
    """Return the secret of an account, None where it has none or its key is gone."""
    if credential["totp_sealed"] is None:
        return None
    subject = subject_of(credential["account_id"])
    return keyring.open_sealed(subject, FIELD, credential["totp_sealed"])


def new_recovery_codes() -> list[str]:
    """Return ten codes to be shown once, in groups of four."""
    return [_grouped(secrets.token_bytes(RECOVERY_BYTES)) for _ in range(RECOVERY_CODES)]


def keep_recovery_codes(tx: Transaction, account_id: str, codes: list[str]) -> None:
    """Keep the hashes of an account's codes in the place of those it had."""
    tx.run("recovery_code/take", account_id=account_id, code_hash=None)
    rows = [{"account_id": account_id, "code_hash": hash_of(_plain(code))} for code in codes]
    tx.run("recovery_code/add", {"incoming": tx.table("recovery_code", rows)})


def use_recovery_code(tx: Transaction, account_id: str, typed: str) -> bool:
    """Use up a recovery code; False where the account has no such code left."""
    digest = hash_of(_plain(typed[:100]))
    kept = [row["code_hash"] for row in tx.rows("recovery_code/of_account", account_id=account_id)]
    if not any(hmac.compare_digest(each, digest) for each in kept):
        return False
    tx.run("recovery_code/take", account_id=account_id, code_hash=digest)
    return True


def _grouped(random: bytes) -> str:
    text = base64.b32encode(random).decode().lower()
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))


def _plain(code: str) -> str:
    kept = "".join(c for c in code.lower() if c.isascii() and c.isalnum())
    return kept.translate(str.maketrans("01", "oi"))  # base32 has neither 0 nor 1
