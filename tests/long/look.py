"""Render every kind of workbook through LibreOffice to PDF and PNG, to be looked at by a person.

    python tests/long/look.py OUT

Needs soffice and pdftoppm. Where the machine lacks 宋体 and 仿宋, Noto's Chinese fonts stand in for them, so that the
pictures show what a clerk sees. Fails where a page holds a glyph of no Chinese font, or a sheet has no page.
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
}


def main(out: Path) -> int:
    """Make the workbooks, render them, and say which fonts each page uses."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        campaign = Path(folder) / "campaign"
        shutil.copytree(EXAMPLE, campaign)
        fonts = Path(folder) / "fonts.conf"
        fonts.write_text(FONTS, encoding="utf-8")
        for name, words in MADE.items():
            _hazardctl(campaign, *words, str((out / f"{name}.xlsx").resolve()))
        _hazardctl(campaign, "scaffold", "baihe", "--format", "xlsx")
        shutil.copy(campaign / "units" / "baihe" / "fill-in.xlsx", out / "fill-in.xlsx")
        return max(_render(out / f"{name}.xlsx", fonts, Path(folder)) for name in (*MADE, "fill-in"))


def _hazardctl(campaign: Path, *words: str) -> None:
    command = [
        sys.executable,
        "-c",
        "from hazardctl.app import main; raise SystemExit(main())",
        "--campaign",
        str(campaign),
        "--lang",
        "zh",
        "--today",
        TODAY,
        *words,
    ]
    subprocess.run(command, check=False)


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
