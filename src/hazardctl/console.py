"""The only printer: data on stdout, everything else on stderr, as the terminal at hand can show it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO, Literal

from hazardctl import text
from hazardctl.errors import HazardError
from hazardctl.i18n import labelled, t

When = Literal["auto", "always", "never"]
_STYLES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "cyan": "36"}
UNLIMITED = 100_000  # cells, where nothing is a terminal: no data is cut
QUIET_FOR = 1.0  # seconds before progress shows itself


class UnwrittenError(HazardError):
    """What was asked for cannot be printed: the disk it is sent to is full, say. Values: `reason`."""

    key = "console.unwritten"


class Console:
    """Print for people and for scripts; ask only where somebody is there to answer."""

    def __init__(self, *, color: When = "auto", quiet: bool = False) -> None:
        self.quiet = quiet
        self._words: list[tuple[str, str]] | None = None
        self._color = color
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="replace", newline="")

    @property
    def interactive(self) -> bool:
        """Tell whether a person can be asked: never in cron, never in a pipe."""
        return _is_terminal(sys.stdin) and _is_terminal(sys.stderr)

    @property
    def width(self) -> int:
        """Give the terminal's width in cells; very wide where nothing is a terminal, so that no data is cut."""
        import shutil  # only terminals have a width

        return shutil.get_terminal_size().columns if _is_terminal(sys.stdout) else UNLIMITED

    @property
    def unicode(self) -> bool:
        """Tell whether box-drawing characters can be shown."""
        return (getattr(sys.stdout, "encoding", None) or "ascii").lower().replace("-", "").startswith("utf")

    @property
    def colored(self) -> bool:
        """Tell whether data on stdout is shown in colour."""
        return self._colors(sys.stdout)

    def out(self, data: str, *styles: str) -> None:
        """Print what was asked for, for people: in the terminal's own encoding."""
        self._said("out", self.style(data.removesuffix("\n"), *styles, stream=sys.stdout) + "\n")

    def data(self, data: str | bytes) -> None:
        """Print what was asked for, for programs: always UTF-8, the same bytes everywhere but on a terminal."""
        if self._words is not None and isinstance(data, str):
            self._words.append(("data", data))
        payload = data.encode("utf-8") if isinstance(data, str) else data
        buffer = getattr(sys.stdout, "buffer", None)
        if buffer is None or (_is_terminal(sys.stdout) and not self.unicode):  # or an editor's stream of characters
            self._write(sys.stdout, payload.decode("utf-8-sig"))
            return
        with _said_of(sys.stdout):
            sys.stdout.flush()
            buffer.write(payload)
            buffer.flush()

    def say(self, message: str) -> None:
        """Say something beside the data; `-q` leaves it out."""
        if not self.quiet:
            self._said("err", message + "\n")

    def complain(self, message: str) -> None:
        """Say what nobody may miss."""
        self._said("err", message + "\n")

    def remember(self) -> list[tuple[str, str]]:
        """Give what is said from now on, as it is said: stream and text, in order."""
        self._words = []
        return self._words

    def again(self, words: Sequence[Sequence[str]]) -> None:
        """Say what was said before."""
        for stream, said in words:
            if stream == "data":
                self.data(said)
            else:
                self._said(stream, said)

    def _said(self, stream: str, words: str) -> None:
        if self._words is not None:
            self._words.append((stream, words))
        self._write(sys.stdout if stream == "out" else sys.stderr, words)

    def ended(self, *, read: str, changed: str = "", skipped: str = "") -> None:
        """End a command with what it read, changed and skipped."""
        nothing = t("console.nothing")
        self.say(t("console.ended", read=read or nothing, changed=changed or nothing, skipped=skipped or nothing))

    def style(self, words: str, *styles: str, stream: IO[str] | None = None) -> str:
        """Colour some words, where the stream (stderr unless told) shows colours."""
        if not styles or not self._colors(stream or sys.stderr):
            return words
        return f"\x1b[{';'.join(_STYLES[name] for name in styles)}m{words}\x1b[0m"

    def ask(self, question: str, default: str = "", known: Sequence[str] = ()) -> str:
        """Ask one question on the terminal; Tab completes from `known`, Enter takes the default."""
        with _completion(known):
            self._write(sys.stderr, labelled(f"{question}{f' [{default}]' if default else ''}", ""))
            answer = input() + "\n" if known else sys.stdin.readline()
        if not answer:
            raise EOFError
        return text.trim(answer) or default

    @contextmanager
    def progress(self, label: str, total: int) -> Iterator[Callable[[int], None]]:
        """Show how far long work has come: on a terminal's stderr, after one second, wiped when done."""
        if self.quiet or not _is_terminal(sys.stderr):
            yield lambda done: None  # noqa: ARG005 -- nobody sees it
            return
        shown, started, last = False, time.monotonic(), 0.0

        def advance(done: int) -> None:
            nonlocal shown, last
            now = time.monotonic()
            if now - last < 0.1 or now - started < QUIET_FOR:
                return
            shown, last = True, now
            filled = 24 * done // max(total, 1)
            self._write(sys.stderr, f"\r{label} [{'#' * filled}{'.' * (24 - filled)}] {done}/{total} ")

        try:
            yield advance
        finally:
            if shown:
                self._write(sys.stderr, "\r\x1b[K")

    def _colors(self, stream: IO[str]) -> bool:
        if self._color != "auto":
            return self._color == "always"
        return _is_terminal(stream) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"

    @staticmethod
    def _write(stream: IO[str], words: str) -> None:
        with _said_of(stream):
            stream.write(words)
            stream.flush()


@contextmanager
def _said_of(stream: IO[str]) -> Iterator[None]:
    """Turn what hinders printing into a sentence; on stderr, where it would be said, nothing can be done."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        if stream is not sys.stderr:
            raise UnwrittenError(reason=error.strerror or str(error)) from error


def _is_terminal(stream: IO[str] | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


@contextmanager
def _completion(known: Sequence[str]) -> Iterator[None]:
    """Let Tab complete, where this Python has readline (Windows' has not)."""
    try:
        import readline
    except ImportError:
        yield
        return
    before = readline.get_completer()
    readline.set_completer(lambda start, number: _nth((word for word in known if word.startswith(start)), number))
    readline.set_completer_delims("\n")
    readline.parse_and_bind("tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before)


def _nth(words: Iterable[str], number: int) -> str | None:
    return next((word for at, word in enumerate(words) if at == number), None)


def wrap(words: str, width: int) -> list[str]:
    """Break text to a width in cells: between words, and between any two Chinese characters."""
    lines: list[str] = []
    for paragraph in words.splitlines() or [""]:
        line = ""
        for piece in _pieces(paragraph):
            if line and text.width(line) + text.width(piece.rstrip()) > width:
                lines.append(line.rstrip())
                line = piece.lstrip()
            else:
                line += piece
        lines.append(line.rstrip())
    return lines


def _pieces(words: str) -> Iterator[str]:
    piece = ""
    for char in words:
        closing = char in "，。、；：！？）》”’…"
        if piece and not closing and (text.width(char) == 2 or text.width(piece[-1]) == 2 or piece[-1] == " "):
            yield piece
            piece = ""
        piece += char
    if piece:
        yield piece
