"""Headings a clerk has settled once, kept in the campaign: `imports/<name>.yaml`, read again at the next import."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from hazardctl.cells.terms import Terms
from hazardctl.errors import FileFault, UsageError
from hazardctl.fields import BY_KEY
from hazardctl.files import store
from hazardctl.formats import yaml
from hazardctl.formats.encoding import UndecodableError, decode
from hazardctl.i18n import t, t_in
from hazardctl.load import Opened
from hazardctl.spelling import field_of
from hazardctl.spreadsheets.words import FIGURE_VALUE, IGNORED
from hazardctl.units import unsafe_id


class BadMappingError(FileFault):
    """A kept mapping that cannot be used. Values: `path`, `why`."""

    key = "import.bad_mapping"


def path_of(opened: Opened, name: str) -> Path:
    """Give the place of a kept mapping; raises UsageError where the name could be no file's."""
    if unsafe_id(name):
        raise UsageError(sentence=t("import.mapping_name", name=name))
    root = opened.workspace.root
    return store.inside(root, root / "imports" / f"{name}.yaml")


def kept(opened: Opened, name: str) -> dict[str, str]:
    """Read a kept mapping, heading → field key; empty where there is none."""
    path = path_of(opened, name)
    data = store.read(path).data
    if data is None:
        return {}
    shown = opened.workspace.name(path)
    try:
        tree = yaml.read(decode(data)[0], shown)
    except UndecodableError:
        raise BadMappingError(path=shown, why=t("import.text_encoding")) from None
    value = tree.value.get("headings", {}) if isinstance(tree.value, dict) else None
    if tree.findings or not isinstance(value, dict) or not all(isinstance(word, str) for word in value.values()):
        why = tree.findings[0].message() if tree.findings else t("import.mapping_shape")
        raise BadMappingError(path=shown, why=why)
    return {heading: named(opened.terms, str(key)) for heading, key in value.items()}


def said(terms: Terms, words: Sequence[str]) -> dict[str, str]:
    """Read `--map HEADING=FIELD` words; a field of `-` leaves the column out."""
    mapping: dict[str, str] = {}
    for word in words:
        title, equals, key = word.rpartition("=")
        if not equals or not title.strip():
            raise UsageError(sentence=t("import.map_shape", word=word))
        mapping[title.strip()] = named(terms, key.strip())
    return mapping


def named(terms: Terms, key: str) -> str:
    """Give the key of a field named by key or label; `value` stands for the numbers of a table of figures."""
    if key in ("value", FIGURE_VALUE) and "value" not in terms.by_key:
        return FIGURE_VALUE
    return key if key == IGNORED or key in BY_KEY or key in terms.by_key else field_of(terms, key)


def keep(opened: Opened, name: str, mapping: Mapping[str, str]) -> str:
    """Keep a mapping for the next time; gives the name of the file."""
    path = path_of(opened, name)
    lines = [f"# {line}" for line in t_in(opened.campaign.locale, "import.mapping_head").splitlines()]
    lines += ["headings:", *(f"  {yaml.scalar(title)}: {yaml.scalar(key)}" for title, key in mapping.items())]
    store.make_folder(path.parent)
    store.write(path, ("\n".join(lines) + "\n").encode(), expected=None)
    return opened.workspace.name(path)
