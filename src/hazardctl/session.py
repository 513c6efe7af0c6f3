"""What a command works with: the console, the clock, and the campaign in whose folder we stand."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from hazardctl import i18n
from hazardctl.console import Console
from hazardctl.records import immutable

if TYPE_CHECKING:  # `--help` opens no campaign
    from hazardctl.engines.warming import Warm
    from hazardctl.load import Opened
    from hazardctl.workspace import Workspace


@immutable
class Session:
    """One run of the command line."""

    console: Console
    today: date
    asked: Path | str | None = None  # --campaign: a folder, or a URL
    lang: str = ""  # --lang or HAZARDCTL_LANG

    def workspace(self) -> Workspace:
        """Find the campaign's folder."""
        from hazardctl import workspace

        if isinstance(self.asked, str):
            from hazardctl import mirror

            return mirror.at(self.asked)
        return workspace.find(Path.cwd(), self.asked)

    def open(self) -> Opened:
        """Open the campaign; raises where there is none, or where its own files have errors."""
        from hazardctl import load

        return load.opened(self.workspace())

    def helped(self, engine: str, *wanted: str) -> AbstractContextManager[Warm]:
        """Offer the processes that the engine for this machine will need for a large campaign (`warming.helped`)."""
        from hazardctl.engines import warming

        if engine != "local" or isinstance(self.asked, str):
            return nullcontext(warming.nothing)
        return warming.helped(self.workspace(), *wanted)

    def language_of(self, opened: Opened) -> str:
        """Choose the language of a document: what was asked for, else the campaign's, never the machine's."""
        return i18n.choose(self.lang, {}) if self.lang else opened.campaign.locale
