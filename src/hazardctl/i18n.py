"""Two languages from one catalogue: `t("area.key", name=value)`."""

from __future__ import annotations

import importlib
import locale
import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any

LANGUAGES = ("en", "zh")
# Which catalogue file holds the keys that begin with this word, where it is not the word itself.
AREAS: Mapping[str, str] = {"import": "import_"}
# Which files hold more of them: one file would be too long to read.
FURTHER: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("finding", "remedy", "explain"), ("returns", "tabled", "kept", "bulletin", "decisions")),
    "import": ("import_why",),
    "reason": ("others",),
    "table": ("tabled",),
}

_language = "en"
_loaded: dict[str, Mapping[str, tuple[str, str]]] = {}


def language() -> str:
    """Name the language in force: `en` or `zh`."""
    return _language


def use(name: str) -> None:
    """Put a language in force."""
    global _language  # noqa: PLW0603 -- one process speaks one language, chosen once at the start
    _language = name if name in LANGUAGES else "en"


def choose(asked: str | None, environ: Mapping[str, str]) -> str:
    """Choose the language: what was asked for, else HAZARDCTL_LANG, else the locale."""
    named = asked or environ.get("HAZARDCTL_LANG") or _from_locale(environ)
    return "zh" if named.lower().replace("_", "-").startswith(("zh", "chinese")) else "en"


def _from_locale(environ: Mapping[str, str]) -> str:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if environ.get(name):
            return environ[name]
    if sys.platform == "win32":  # Windows keeps the user's language outside the environment
        import ctypes

        tag = locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
        return str(tag)
    return locale.getlocale()[0] or ""


def has(key: str) -> bool:
    """Tell whether the catalogue holds a key."""
    return key in _area(key)


def t(key: str, **values: Any) -> str:
    """Give the text of a key in the language in force, with its values filled in."""
    return t_in(_language, key, **values)


def t_in(language: str, key: str, **values: Any) -> str:
    """Give the text of a key in a language of its own: a campaign's files speak the campaign's."""
    pair = _area(key)[key]
    text = pair[1] if language == "zh" else pair[0]
    return text.format_map(values) if values or "{" in text else text


def pick(text: Mapping[str, str] | str) -> str:
    """Choose from a text that a file gives in one or several languages: `{zh: …, en: …}` or a plain string."""
    if isinstance(text, str):
        return text
    return text.get(_language) or next(iter(text.values()), "")


def join(words: Iterable[str]) -> str:
    """Join words the way the language in force lists things."""
    return join_in(_language, words)


def join_in(language: str, words: Iterable[str]) -> str:
    """Join words the way a language lists things: a campaign's files speak the campaign's."""
    return ("、" if language == "zh" else ", ").join(words)


def labelled(label: str, words: str) -> str:
    """Put a label before what it labels, with the colon of the language in force."""
    return f"{label}：{words}" if _language == "zh" else f"{label}: {words}"


def aside(words: str, further: str) -> str:
    """Say something further beside words, in the brackets of the language in force."""
    return f"{words}（{further}）" if _language == "zh" else f"{words} ({further})"


def others(words: str) -> str:
    """Give what the system or another program says in the language in force, as far as the catalogue knows it."""
    if _language == "en":
        return words
    known = _area("reason.")
    for end in (len(words), *(at for at, char in enumerate(words) if char == " ")):  # YAML says where, then what
        head, rest = f"reason.{words[:end]}", f"reason.{words[end + 1 :]}"
        if head in known and (end == len(words) or rest in known):
            return "".join(known[key][1].format_map({}) for key in (head, rest) if key in known)
    return words


def default_environment() -> Mapping[str, str]:
    """Give the environment the language is chosen from."""
    return os.environ


def _area(key: str) -> Mapping[str, tuple[str, str]]:
    word = key.partition(".")[0]
    if word not in _loaded:
        files = (AREAS.get(word, word), *FURTHER.get(word, ()))
        _loaded[word] = {
            key: pair
            for name in files
            for key, pair in importlib.import_module(f"hazardctl.catalogue.{name}").MESSAGES.items()
        }
    return _loaded[word]
