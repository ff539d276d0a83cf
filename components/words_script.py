"""Writes all sentences as one script: every page asks for it, and a browser keeps it."""

from __future__ import annotations

import hashlib
import json
from functools import cache

from components.wording import LANGUAGES, dictionary

PATH = "/assets/words.js"


@cache
def words_script() -> str:
    """Return the script that says both languages to the others: language → code → sentence."""
    words = {lang: dictionary(lang) for lang in LANGUAGES}
    return f"window.yipingWords = {json.dumps(words, ensure_ascii=False)};\n"


@cache
def words_address() -> str:
    """Return its address, which changes with its content."""
    return f"{PATH}?m={hashlib.sha256(words_script().encode()).hexdigest()[:16]}"


def forget_words() -> None:
    """Write the script anew when it is next asked for: a community has named something."""
    words_script.cache_clear()
    words_address.cache_clear()
