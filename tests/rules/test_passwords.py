"""Which passwords may be chosen: length and not being easy to list, and nothing else."""

from __future__ import annotations

import pytest

from rules.passwords import (
    LEAST_CHARACTERS,
    LEAST_PIECES,
    MOST_CHARACTERS,
    PasswordRefused,
    accepted_password,
    normal_password,
    pieces,
)

NAMES = ["duty-office-3", "demo", "青禾社区", "Qinghe Community"]

GOOD = [
    "correct horse battery staple",  # words in a row that belong together in no list
    "我家门前的老槐树今年又开花了真香",  # sixteen Chinese characters
    "tR4#vm9!qLw2zK8",  # fifteen of everything
    "nothing but small letters here",  # no kinds of characters are demanded
    "8305 1927 4461 0738",  # digits alone, but nobody's series
    "🐢🚲🌧️🍋🧵🪵🧭🦉🎻🥨🧊🕯️🧦🪁🫖🍄",  # emoji count as the characters they are
]
EASY = [
    "aaaaaaaaaaaaaaaaaaaa",  # one key
    "abcabcabcabcabcabc",  # one piece over and over
    "123456789012345",  # the digits in a row
    "987654321098765",  # and back
    "abcdefghijklmnopq",  # the alphabet
    "qwertyuiopasdfghjkl",  # a walk along the keyboard
    "1qaz2wsx3edc4rfv",  # a walk down its columns
    "passwordpassword",  # the word itself
    "P@ssw0rdP@ssw0rd1",  # with the usual other letters
    "admin-admin-admin",
    "iloveyouiloveyou!",
    "yiping-community-2",  # what this program is
    "duty-office-3-duty",  # the login
    "qinghecommunity12",  # the community
    "青禾社区青禾社区青禾社区青禾社区",
    "woaini5201314woaini",
    "xkqxkqxkqxkqxkqxkq",  # three random letters are three letters
    "zzzzzzzzyyyyyyyyxxxxxxxx",
    "hellohellohello1",
]


@pytest.mark.parametrize("text", GOOD)
def test_a_long_password_that_is_in_no_list_is_taken_as_it_is(text: str) -> None:
    assert accepted_password(text, NAMES)


@pytest.mark.parametrize("text", EASY)
def test_a_password_that_is_quickly_listed_is_refused(text: str) -> None:
    assert pieces(text, NAMES) < LEAST_PIECES
    with pytest.raises(PasswordRefused) as refused:
        accepted_password(text, NAMES)
    assert refused.value.code == "password_easy"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "password_short"),
        ("x7Kq#", "password_short"),
        ("tR4#vm9!qLw2zK", "password_short"),  # fourteen
        ("tR4#vm9!qLw2zK8" * 9, "password_long"),
        ("x" * 2_000_000, "password_long"),  # refused before anything is done with it
        ("ﷺ" * 60, "password_long"),  # one character that unfolds to eighteen
        ("tR4#vm9!qLw2zK8\n", "password_characters"),
        ("tR4#vm9!qLw\x002zK8", "password_characters"),
        ("tR4#vm9!qLw2zK8\ud800", "password_characters"),  # half a surrogate pair
    ],
)
def test_what_cannot_be_a_password_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(PasswordRefused) as refused:
        accepted_password(text)
    assert refused.value.code == code


def test_the_limits_are_those_of_the_guideline() -> None:
    assert LEAST_CHARACTERS == 15
    assert MOST_CHARACTERS >= 64


def test_the_same_characters_from_another_keyboard_are_the_same_password() -> None:
    wide = "ｔＲ４＃ｖｍ９！ｑＬｗ２ｚＫ８"
    assert normal_password(wide) == "tR4#vm9!qLw2zK8"
    assert accepted_password(wide) == "tR4#vm9!qLw2zK8"


@pytest.mark.parametrize("text", ["", "a\x07b", "\ud800", "x" * 129, "y" * 100_000])
def test_what_nobody_can_have_is_nobodys_password(text: str) -> None:
    assert normal_password(text) is None


def test_counting_stays_quick_for_the_longest_password() -> None:
    # A guard against a pattern that makes the count slow: this runs on every change of a password.
    assert pieces("ab" * 64, ["ab"] * 500) < LEAST_PIECES
