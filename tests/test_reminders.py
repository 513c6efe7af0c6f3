"""Reminders open in other people's programs, whatever a unit is called, and name nobody."""

from __future__ import annotations

import re
from datetime import date
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from campaigns import FOUND, campaign, ledger
from conftest import Run
from hazardctl.load import Opened
from hazardctl.returns import decide, reminders, status

MAY = "schedules: [{id: m, label: 月报, every: month, day: 30, late_days: 5, lock_days: 9}]\n"
NAMES = {
    "东港": "东港",
    '"' + "很长的名字" * 30 + '"': "很长的名字" * 30,
    '"a,b;c\\d"': "a,b;c\\d",
    '"两行\n单位"': "两行 单位",
    '"回车\rBcc: x@example.org"': "回车 Bcc: x@example.org",
    "🚢港 <b>&": "🚢港 <b>&",
    "=HYPERLINK": "=HYPERLINK",
    '"引""号"': '引"号',
    "\u202e倒写": "\\u202e倒写",
    "Ünïcode é": "Ünïcode é",
}
LATE = date(2024, 6, 1)


def office(root: Path, name: str = "东港") -> Opened:
    return campaign(root, FOUND % "", f"a,{name},,,,\n", {}, MAY)


def made(found: Opened, day: date = LATE) -> dict[str, bytes]:
    return dict(reminders.files(found, status.status(found, "2024-05", day)))


def event(data: bytes) -> dict[str, str]:
    """Read a calendar by the rules of RFC 5545: CRLF, UTF-8, lines of 75 bytes folded before a blank, escaped text."""
    assert data.endswith(b"\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    assert b"\r" not in data.replace(b"\r\n", b"")
    for line in data.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    lines = data.decode().replace("\r\n ", "").split("\r\n")[:-1]
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-2:] == ["END:VEVENT", "END:VCALENDAR"]
    assert all(re.match(r"[A-Z-]+(;[A-Z]+=[A-Z]+)?:", line) for line in lines)
    found = dict(line.split(":", 1) for line in lines[lines.index("BEGIN:VEVENT") + 1 : -2])
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", found["SUMMARY"])
    found["SUMMARY"] = re.sub(r"\\([\\;,])", r"\1", found["SUMMARY"])
    return found


@pytest.mark.parametrize(("written", "shown"), NAMES.items())
def test_a_mail_and_a_date_are_read_back_with_the_units_name(tmp_path: Path, written: str, shown: str) -> None:
    files = made(office(tmp_path, written))
    mail = message_from_bytes(files["a.eml"], policy=policy.default)
    assert not mail.defects
    assert shown in mail["Subject"]
    assert mail.get_content().startswith(shown)
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content_charset() == "utf-8"
    assert b"\n" not in files["a.eml"].replace(b"\r\n", b"")
    assert max(map(len, files["a.eml"].split(b"\r\n"))) <= 78
    assert shown in event(files["a.ics"])["SUMMARY"]
    assert files["a.txt"].decode().startswith(mail["Subject"])


def test_a_draft_has_no_sender_no_receiver_and_nobodys_name(tmp_path: Path) -> None:
    """A ledger's owner is in none of the files: whoever sends them knows whom to."""
    rows = ledger("A,尚未办理,张建国", headings="编号,问题类别,办理情况,责任人")
    found = campaign(tmp_path, FOUND % "", "a,东港,,,,\n", {"a/ledger.csv": rows}, MAY)
    files = made(found)
    mail = message_from_bytes(files["a.eml"], policy=policy.default)
    assert {key.lower() for key in mail.keys()} == {  # noqa: SIM118 -- a message is no mapping
        "subject", "x-unsent", "content-type", "content-transfer-encoding", "mime-version",
    }  # fmt: skip
    assert mail["X-Unsent"] == "1"
    assert not any("张建国" in data.decode("utf-8") + mail.get_content() for data in files.values())
    assert {"UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY", "TRANSP"} == event(
        files["a.ics"]
    ).keys()


@pytest.mark.parametrize(
    ("day", "on", "words"),
    [
        (date(2024, 5, 20), "20240530", "应于 2024-05-30 前报送，目前尚未收到"),
        (date(2024, 6, 1), "20240601", "已逾期2天"),
    ],
)
def test_the_date_is_the_due_day_and_never_past(tmp_path: Path, day: date, on: str, words: str) -> None:
    files = made(office(tmp_path), day)
    assert event(files["a.ics"])["DTSTART;VALUE=DATE"] == on
    assert words in files["a.txt"].decode()


def test_a_unit_that_may_send_all_the_same_is_told_until_when(tmp_path: Path) -> None:
    found = office(tmp_path)
    decide.reopen(found, "a", "2024-05", date(2024, 6, 20), reason="台风", by="李四", today=date(2024, 6, 15))
    files = made(found, date(2024, 6, 15))
    assert "2024-06-20 前仍可报送" in files["a.txt"].decode()
    assert event(files["a.ics"])["DTSTART;VALUE=DATE"] == "20240620"


def test_two_campaigns_are_two_dates_in_a_calendar(tmp_path: Path) -> None:
    one, other = office(tmp_path / "one"), office(tmp_path / "other")
    path = tmp_path / "other/campaign.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("渔港检查", "渔港复查"), encoding="utf-8")
    from hazardctl.load import opened

    uids = [event(made(each)["a.ics"])["UID"] for each in (one, one, opened(other.workspace))]
    assert uids[0] == uids[1] != uids[2]


def test_reminders_of_units_that_have_reported_since_are_pointed_out(tmp_path: Path, run: Run) -> None:
    campaign(tmp_path, FOUND % "", "a,东港,,,,\nb,西港,,,,\n", {}, MAY)
    words = ("--campaign", str(tmp_path), "--today", "2024-06-01")
    assert run(*words, "status", "--period", "2024-05", "--remind", "催报").code == 1
    assert run(*words, "submit", "a", "--period", "2024-05", "--nil").code == 0
    (Path("催报") / "备注.txt").write_text("自己的文件", encoding="utf-8")
    told = run(*words, "status", "--period", "2024-05", "--remind", "催报")
    assert "a.eml, a.ics, a.txt" in told.err
    assert "备注" not in told.err


def test_a_table_for_a_page_stands_whatever_a_unit_is_called(tmp_path: Path, run: Run) -> None:
    campaign(tmp_path, FOUND % "", 'a,"东|港\n分港",,,,\n', {}, MAY)
    told = run("--campaign", str(tmp_path), "--today", "2024-05-20", "status", "--period", "2024-05", "--format", "md")
    lines = told.out.splitlines()
    assert len(lines) == 4
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} == {12}


@pytest.mark.parametrize(("locale", "words"), [("zh", "“附件3\\n报送”"), ("en", "Annex 3")])
def test_a_named_period_is_called_by_its_label_and_sent_under_its_name(tmp_path: Path, locale: str, words: str) -> None:
    named = 'periods: [{id: annex3, label: {zh: "附件3\\n报送", en: Annex 3}, due: 2024-05-30}]\n'
    found = campaign(tmp_path, FOUND % "", "a,东港,,,,\n", {}, f"{named}locale: {locale}\n")
    files = dict(reminders.files(found, status.status(found, "annex3", LATE)))
    subject, _, first, *_, last = files["a.txt"].decode().splitlines()
    for line in (subject, first, event(files["a.ics"])["SUMMARY"]):
        assert words.replace("\\n", " ") in line
    assert "--period annex3" in last
