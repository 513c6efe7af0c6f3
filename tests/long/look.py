"""Render every kind of workbook through LibreOffice to PDF and PNG, to be looked at by a person.

    python tests/long/look.py OUT

Needs soffice and pdftoppm. Where the machine lacks 宋体 and 仿宋, Noto's Chinese fonts stand in for them, so that the
pictures show what a clerk sees. Noto keeps the glyphs of all countries in one file, which names itself after Japan
whatever face is used: look at 直 and 骨 to see that the Chinese forms are drawn. Fails where a page holds a glyph of no
Chinese font, or a sheet has no page.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "dachuan-2022"
TODAY = "2022-09-29"
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">/etc/fonts/fonts.conf</include>
<alias binding="same"><family>宋体</family><prefer><family>Noto Serif CJK SC</family></prefer></alias>
<alias binding="same"><family>仿宋</family><prefer><family>Noto Serif CJK SC</family></prefer></alias>
</fontconfig>"""
MADE = {
    "rollup": ("rollup", "-o"),
    "annex1-all": ("report", "annex1", "-o"),
    "annex1-unit": ("report", "annex1", "--unit", "baihe", "-o"),
    "annex2": ("report", "annex2", "-o"),
    "annex3": ("report", "annex3", "-o"),
    "annex3-unit": ("report", "annex3", "--unit", "baihe", "-o"),
    "annex2-unit": ("report", "annex2", "--unit", "jinqiao", "-o"),
    "annex1-nil": ("report", "annex1", "--unit", "yunding", "-o"),
    "annex1-long": ("report", "annex1", "--unit", "shuangdu", "-o"),
}
LONG = "值班室门锁损坏，夜间无法反锁，多次报修未果。" * 60
OTHERS = ("prison-hundred-days", "detention-facilities")  # many columns, and English


def main(out: Path) -> int:
    """Make the workbooks, render them, and say which fonts each page uses."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        campaign = Path(folder) / "campaign"
        shutil.copytree(EXAMPLE, campaign)
        fonts = Path(folder) / "fonts.conf"
        fonts.write_text(FONTS, encoding="utf-8")
        _hazardctl(campaign, "add", "shuangdu", f"description={LONG}", "category=2", "--force")
        for name, words in MADE.items():
            _hazardctl(campaign, *words, str((out / f"{name}.xlsx").resolve()))
        _hazardctl(campaign, "scaffold", "baihe", "--format", "xlsx")
        shutil.copy(campaign / "units" / "baihe" / "fill-in.xlsx", out / "fill-in.xlsx")
        blanks = [_blank(checklist, Path(folder), out) for checklist in OTHERS]
        return max(_render(out / f"{name}.xlsx", fonts, Path(folder)) for name in (*MADE, "fill-in", *blanks))


def _blank(checklist: str, folder: Path, out: Path) -> str:
    """Make the blank fill-in workbook of a unit, the second in English."""
    campaign, name = folder / checklist, f"fill-in-{checklist}"
    (folder / "units.csv").write_text("id,name\njia,甲单位\n", encoding="utf-8")
    locale = "en" if checklist == OTHERS[1] else "zh"
    _hazardctl(None, "init", str(campaign), "--checklist", checklist, "--locale", locale, "--units",
               str(folder / "units.csv"))  # fmt: skip
    _hazardctl(campaign, "scaffold", "jia", "--format", "xlsx")
    shutil.copy(campaign / "units" / "jia" / "fill-in.xlsx", out / f"{name}.xlsx")
    return name


def _hazardctl(campaign: Path | None, *words: str) -> None:
    program = [sys.executable, "-c", "from hazardctl.app import main; raise SystemExit(main())"]
    where = ["--campaign", str(campaign)] if campaign else []
    subprocess.run([*program, *where, "--lang", "zh", "--today", TODAY, *words], check=False)


def _render(book: Path, fonts: Path, home: Path) -> int:
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts), "HOME": str(home)}
    convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(book.parent), str(book)]
    subprocess.run(convert, env=environment, check=True, capture_output=True, timeout=180)
    page = book.with_suffix(".pdf")
    subprocess.run(["pdftoppm", "-r", "80", "-png", str(page), str(book.with_suffix(""))], check=True)
    used = subprocess.run(["pdffonts", str(page)], check=True, capture_output=True, text=True).stdout
    names = sorted({line.split()[0].partition("+")[2] for line in used.splitlines()[2:]})
    sys.stdout.write(f"{book.name} {', '.join(names)}\n")
    return int(not any("CJK" in name or "Song" in name or "Sim" in name for name in names))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/look")))
