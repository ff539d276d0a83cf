"""Decides which new password is good enough: long, not easy to list, and nothing else (ADR 0011).

NIST SP 800-63B-4 §3.1.1.2: length instead of kinds of characters, no expiry, a list of what is
commonly chosen. No list of other people's leaked passwords is shipped; what such lists begin with
follows from the rules below: walks over the keyboard, sequences, repeats, common words and the
names of this installation.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

from rules.errors import RuleViolation

# SP 800-63B-4: at least 15 where the password may be the only factor, and it may be here, because
# the second one is each person's choice; at least 64 must be taken.
LEAST_CHARACTERS = 15
MOST_CHARACTERS = 128
MOST_TYPED = 1024  # one character may unfold to eighteen (NFKC)
# A password falls apart into words, walks, repeats and single characters; so many must be left.
LEAST_PIECES = 10
LEAST_PIECE = 3

COMMON_WORDS = frozenset(
    [
        "password",
        "passwort",
        "passwd",
        "pass",
        "letmein",
        "welcome",
        "hello",
        "admin",
        "administrator",
        "root",
        "guest",
        "user",
        "login",
        "master",
        "secret",
        "default",
        "changeme",
        "temporary",
        "test",
        "demo",
        "dragon",
        "monkey",
        "sunshine",
        "princess",
        "football",
        "baseball",
        "superman",
        "batman",
        "shadow",
        "michael",
        "iloveyou",
        "love",
        "qwerty",
        "azerty",
        "summer",
        "winter",
        "spring",
        "autumn",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "china",
        "chinese",
        "beijing",
        "shanghai",
        "woaini",
        "wo5201314",
        "nihao",
        "zhongguo",
        "mima",
        "guanliyuan",
        "shequ",
        "wangge",
        "community",
        "street",
        "property",
        "duty",
        "grid",
        "secretary",
        "privacy",
        "command",
        "centre",
        "center",
        "yiping",
        "密码",
        "口令",
        "管理员",
        "社区",
        "网格",
        "一屏",
        "街道",
        "物业",
        "值班",
        "中国",
        "你好",
        "我爱你",
        "值班员",
        "书记",
    ]
)
WALKS = (
    "12345678901234567890",
    "abcdefghijklmnopqrstuvwxyz",
    "qwertyuiopasdfghjklzxcvbnm",
    "qwertzuiopasdfghjklyxcvbnm",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik,9ol.0p;/",
    "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p",
    "qawsedrftgyhujikolp",
    "!@#$%^&*()_+",
    "零一二三四五六七八九十",
)
_AS_LETTERS = str.maketrans("013457@$!", "oleastasi")


class PasswordRefused(RuleViolation):
    """The password may not be used; the code says why, the fields how far off it is."""

    def __init__(self, code: str, **fields: object) -> None:
        self.code = code  # first: the exception's own text names it
        super().__init__(**fields)


def normal_password(text: str) -> str | None:
    """Return a typed password as it is hashed, None where nobody can have such a one.

    NFKC makes one of what different keyboards send for the same characters (SP 800-63B-4).
    """
    if len(text) > MOST_TYPED:
        return None
    normal = unicodedata.normalize("NFKC", text)
    if not normal or len(normal) > MOST_CHARACTERS:
        return None
    return None if any(unicodedata.category(c) in ("Cc", "Cs") for c in normal) else normal


def accepted_password(text: str, names: Collection[str] = ()) -> str:
    """Return a new password as it is to be hashed.

    Args:
        text: As typed.
        names: The login, the names of the communities: what others would try first.

    Raises:
        PasswordRefused: password_short, password_long, password_characters or password_easy.
    """
    if len(text) > MOST_TYPED:
        raise PasswordRefused("password_long", most=MOST_CHARACTERS)
    normal = unicodedata.normalize("NFKC", text)
    if len(normal) > MOST_CHARACTERS:
        raise PasswordRefused("password_long", most=MOST_CHARACTERS)
    if len(normal) < LEAST_CHARACTERS:
        raise PasswordRefused("password_short", least=LEAST_CHARACTERS, found=len(normal))
    if normal_password(text) is None:
        raise PasswordRefused("password_characters")
    if pieces(normal, names) < LEAST_PIECES:
        raise PasswordRefused("password_easy")
    return normal


def pieces(text: str, names: Collection[str] = ()) -> int:
    """Count what a guesser has to choose: words, walks and repeats count as one character does."""
    plain = text.casefold()
    letters = plain.translate(_AS_LETTERS)
    words = COMMON_WORDS | {part for name in names for part in _parts(name)}
    position = count = 0
    while position < len(plain):
        length = max(
            _word(plain, position, words),
            _word(letters, position, words),
            _walk(plain, position),
            _step(plain, position),
            _seen(plain, position),
        )
        position += max(1, length)
        count += 1
    return count


def _parts(name: str) -> list[str]:
    whole = unicodedata.normalize("NFKC", name).casefold()
    parts = [whole, *whole.replace("-", " ").replace("_", " ").replace(".", " ").split()]
    return [part for part in parts if len(part) >= (LEAST_PIECE if part.isascii() else 2)]


def _word(text: str, position: int, words: Collection[str]) -> int:
    return max((len(word) for word in words if text.startswith(word, position)), default=0)


def _walk(text: str, position: int) -> int:
    """Length of the walk over the keyboard or through a series that begins here."""
    longest = 0
    for walk in WALKS:
        for way in (walk, walk[::-1]):
            length = LEAST_PIECE
            while position + length <= len(text) and text[position : position + length] in way:
                longest = max(longest, length)
                length += 1
    return longest


def _step(text: str, position: int) -> int:
    """Length of a run of characters that are all the same or each the next of the last."""
    end = position + 1
    if end >= len(text):
        return 0
    step = ord(text[end]) - ord(text[position])
    if step not in (-1, 0, 1):
        return 0
    while end + 1 < len(text) and ord(text[end + 1]) - ord(text[end]) == step:
        end += 1
    length = end - position + 1
    return length if length >= LEAST_PIECE else 0


def _seen(text: str, position: int) -> int:
    """Length of the longest piece from here that stood in the password before."""
    length = LEAST_PIECE
    while position + length <= len(text) and text[position : position + length] in text[:position]:
        length += 1
    return length - 1 if length > LEAST_PIECE else 0
