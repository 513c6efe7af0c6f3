"""Write a reminder to each unit whose return is missing: a text, a mail draft, a date for the calendar.

They name the unit and nobody else: whoever sends them knows whom to. The same status and day give the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from email import policy
from email.message import EmailMessage

from hazardctl import campaign, i18n, text
from hazardctl.cells.terms import label_of
from hazardctl.load import Opened
from hazardctl.returns.status import Standing, Status


def files(opened: Opened, found: Status) -> Iterator[tuple[str, bytes]]:
    """Give name and content of every file, in the language of the campaign."""
    language = opened.campaign.locale
    for one in found.chase:
        subject, body = words(opened, found, one, language)
        yield f"{one.unit.id}.txt", f"{subject}\n\n{body}\n".encode()
        yield f"{one.unit.id}.eml", _mail(subject, body)
        yield f"{one.unit.id}.ics", _calendar(opened, found, one, subject)


def is_one(opened: Opened, name: str) -> bool:
    """Tell whether a file is called as a reminder is: by one of the campaign's units."""
    stem, dot, suffix = name.rpartition(".")
    return bool(dot) and suffix in ("txt", "eml", "ics") and stem in opened.units.units


def words(opened: Opened, found: Status, one: Standing, language: str) -> tuple[str, str]:
    """Give the subject and the text of a reminder."""
    clock, key = found.clock, found.period.key
    label = label_of(campaign.label(opened.campaign, opened.checklist, key), language)
    late = found.today > clock.due
    told = {
        "campaign": _plain(label_of(opened.campaign.name, language)), "unit": _plain(one.unit.name),
        "called": _plain(label) or key, "due": clock.due, "days": abs((found.today - clock.due).days),
    }  # fmt: skip
    lines = [i18n.t_in(language, "status.letter_late" if late else "status.letter_coming", **told)]
    if one.reopened:
        lines.append(i18n.t_in(language, "status.letter_reopened", until=one.reopened))
    elif clock.late_until:
        lines.append(i18n.t_in(language, "status.letter_until", until=clock.late_until))
    if clock.locks_on:
        lines.append(i18n.t_in(language, "status.letter_locks", locks=clock.locks_on))
    lines.append(i18n.t_in(language, "status.letter_how", id=one.unit.id, period=key))
    return i18n.t_in(language, "status.letter_subject", **told), "\n".join(lines)


def _plain(name: str) -> str:
    """Give a name on one line, with what is hidden in it shown: a header takes no line breaks."""
    return text.escape(" ".join(name.split()))


def _mail(subject: str, body: str) -> bytes:
    """Make a draft: no sender and no receiver, which mail programs open as one still to be sent."""
    message = EmailMessage(policy=policy.SMTP)
    message["Subject"] = subject
    message["X-Unsent"] = "1"
    message.set_content(body + "\n", cte="base64")
    return message.as_bytes()


def _calendar(opened: Opened, found: Status, one: Standing, subject: str) -> bytes:
    day = max(one.reopened or found.clock.due, found.today)
    name = label_of(opened.campaign.name, opened.campaign.locale)
    stamp = hashlib.sha256(f"{name}|{opened.campaign.checklist}|{one.unit.id}|{found.period.key}".encode()).hexdigest()[
        :32
    ]
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//hazardctl//status//EN", "BEGIN:VEVENT", f"UID:{stamp}@hazardctl",
        f"DTSTAMP:{found.today:%Y%m%d}T000000Z", f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}", f"SUMMARY:{_escaped(subject)}", "TRANSP:TRANSPARENT",
        "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _escaped(words: str) -> str:
    for sign in "\\;,":
        words = words.replace(sign, f"\\{sign}")
    return " ".join(words.splitlines())


def _folded(line: str) -> Iterator[str]:
    """Break a line after at most 75 bytes, never inside a character (RFC 5545, 3.1)."""
    part, size = "", 0
    for char in line:
        width = len(char.encode())
        if size + width > 74:
            yield part
            part, size = " ", 1
        part, size = part + char, size + width
    yield part
