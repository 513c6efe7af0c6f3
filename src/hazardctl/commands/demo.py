"""`hazardctl demo`: the whole tool in one go, on the example campaign, told step by step."""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from hazardctl import demo, i18n
from hazardctl.i18n import t
from hazardctl.session import Session

if TYPE_CHECKING:
    from hazardctl.check import Checked
    from hazardctl.demo import Copied
    from hazardctl.load import Opened
    from hazardctl.reports.asked import Report
    from hazardctl.templating import Form

FOLDER = Path("hazardctl-demo")
SHOWN = 3  # findings in full; the command shows them all
_BARE = re.compile(r"[\w@%+=:,./\\-]+")


def run(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help=t("demo.folder"))] = FOLDER,
) -> int:
    """Show the whole tool at work."""
    from hazardctl import load
    from hazardctl.workspace import Workspace

    session: Session = ctx.obj
    asked = ctx.parent.params.get("today") if ctx.parent else None
    copied = demo.copy(folder)
    opened = load.opened(Workspace(folder.resolve()))
    story = _Story(session, folder, session.today if asked else demo.TODAY, opened)
    story.wrote(copied)
    checked = story.checked()
    story.rolled_up()
    made, reports = story.reported()
    story.what_next(checked)
    missing = sum(result.state == "missing" and opened.units.is_leaf(result.unit) for result in checked.results)
    session.console.ended(
        read=t("demo.read", units=made.units, entries=checked.entries),
        changed=t("demo.changed", files=len(copied.made) + len(reports), folder=folder),
        skipped=t("demo.skipped", count=missing) if missing else "",
    )
    return 0


@dataclass(slots=True)
class _Story:
    """What is told, and how far it has come."""

    session: Session
    folder: Path
    today: date
    opened: Opened
    step: int = 0

    def begin(self, title: str, *command: str) -> None:
        """Begin a step: its heading, and what a user would type for it."""
        self.step += 1
        console = self.session.console
        heading = f"{self.step}. {title}"
        console.out("\n" * (self.step > 1) + (console.style(heading, "bold") if console.colored else heading))
        for words in command:
            console.out(f"   $ {words}")
        console.out("")

    def command(self, words: str) -> str:
        """Give a command that does here and now what the demo has done."""
        lang = "" if i18n.language() == self.opened.campaign.locale else f" --lang {i18n.language()}"
        return f"hazardctl {words} --today {self.today}{lang}"

    def say(self, words: str, *commands: str) -> None:
        """Say something, and what can be typed next."""
        out = self.session.console.out
        out("\n".join(f"   {line}" for line in words.splitlines()))
        for command in commands:
            out(f"   $ {command}")

    def wrote(self, copied: Copied) -> None:
        """Tell what was written, and how one's own campaign begins."""
        self.begin(
            t("demo.step_write"),
            t("demo.type_init"),
            "hazardctl scaffold",
        )
        units = [unit.id for unit, _ in self.opened.units.walk()]
        leaves = sum(map(self.opened.units.is_leaf, units))
        told = "demo.wrote" if copied.made else "demo.already"
        self.say(t(told, folder=self.folder, files=len(copied.made), units=len(units), leaves=leaves))
        if copied.changed:
            self.say(t("demo.kept", files=i18n.join(copied.changed)))
        self.say(t("demo.go_there"), f"cd {quoted(self.folder)}")

    def checked(self) -> Checked:
        """Check the campaign and show what was found, by unit and the first errors in full."""
        from hazardctl.check import check
        from hazardctl.findings import Severity
        from hazardctl.reporters import text as reporter

        self.begin(t("demo.step_check"), self.command("check"))
        checked = check(self.opened, self.today)
        out = self.session.console.out
        if checked.findings:
            out(reporter.by_unit(checked) + "\n")
        found = reporter.counted(checked.findings)
        out(t("demo.checked", entries=checked.entries, files=len(checked.files), found=found))
        first = [finding for finding in checked.findings if finding.severity is Severity.ERROR][:SHOWN]
        if first:
            out("\n" + t("demo.first", count=len(first)) + "\n" + reporter.listing(first) + "\n")
        self.say(t("demo.after_check"), self.command("check --fix --dry-run"))
        for code in dict.fromkeys(finding.code for finding in first[:1]):
            self.say(t("demo.explain"), t("demo.type_explain", code=code))
        return checked

    def rolled_up(self) -> None:
        """Roll the units up into annex 3."""
        from hazardctl.rollup import roll_up
        from hazardctl.statistics import printed
        from hazardctl.writers import text as writer

        self.begin(t("demo.step_rollup"), self.command("rollup"))
        rolled = roll_up(self.opened, today=self.today)
        document = printed.document(rolled, i18n.language(), self.opened.campaign.locale, self.today.isoformat())
        self.session.console.out(writer.draw(document, self.session.console))
        self.say(
            t("demo.after_rollup"),
            self.command("rollup --level 2"),
            self.command(t("demo.type_annex")),
        )

    def reported(self) -> tuple[Report, tuple[str, ...]]:
        """Write the weekly report, as a page and as Markdown."""
        from hazardctl import report
        from hazardctl.files import store
        from hazardctl.reports.asked import Asked

        names: dict[Form, str] = {form: f"reports/weekly-{self.today}.{form}" for form in ("html", "md")}
        self.begin(t("demo.step_report"), *(self.command(t("demo.type_report", file=name)) for name in names.values()))
        root = self.opened.workspace.root
        for form, name in names.items():
            words, made = report.render(self.opened, "weekly", form, Asked(self.today))
            store.write(store.inside(root, root / name), words.encode(), expected=None)
        units, page = made.facts["units"], self.folder / names["html"]
        late, soon = len(made.facts["late"]), len(made.facts["soon"])
        missing = len(units["missing"])
        self.say(t("demo.reported", late=late, soon=soon, expected=units["expected"], missing=missing, page=page))
        self.say(t("demo.after_report"), self.command("list --overdue"))
        return made, tuple(names.values())

    def what_next(self, checked: Checked) -> None:
        """Let the reader mend one finding, and see that it is gone."""
        self.begin(t("demo.step_next"))
        blank = next((found for found in checked.findings if found.code == "L110" and found.field == "owner"), None)
        if blank:
            mend = t("demo.type_mend", unit=blank.unit, entry=blank.entry)
            told = t("demo.mend", path=blank.path, line=blank.line)
            self.say(told, self.command(mend), self.command(f"check {blank.unit}"))
        self.say(t("demo.own"), t("demo.type_init_help"))


def quoted(path: Path) -> str:
    """Give a path as it can be typed into this system's shell."""
    words = str(path)
    if _BARE.fullmatch(words):
        return words
    return f'"{words}"' if os.name == "nt" else shlex.quote(words)
