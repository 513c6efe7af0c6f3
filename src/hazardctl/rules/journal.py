"""The journal: what it knows and the ledger does not have. These are found while a unit is counted or checked.

J101: An entry is gone from the ledger.

    The journal knows it, and nobody has said that it was meant to go: rows are deleted by a slip of the hand, and cut
    off while folders are synced. The unit is not counted until the entry is back, or its loss accepted.

J102: Many entries are gone from the ledger.

    As a rule the file was cut off, or an older or another file was saved over it.

J103: The file breaks off in its last row.

    That row begins as the journal knows it and says less: the file was copied or synced in part.

J104: The ledger is empty or gone.

    An empty ledger is not "no hazards". The journal can write it anew.

J105: The ledger is an older version.

    It is, to the last letter, as it once was, and the journal has gone on since: a copy was put back, a folder has not
    been synced to the end, or a program was cut off before it could write.

J106: A journal ends in a piece of a line.

    A program was cut off while it wrote. The next change sets the piece aside and goes on.

J107: Figures that were reported are gone.

    The journal knows their values, and figures.csv has no row for them any more. A figure that was reported by mistake
    keeps its row, with a blank value.

J108: The figures are an older version.

    figures.csv says what it once said, and the journal has gone on since: a copy was put back or saved over it.

J109: A piece of a line was kept.

    A program was cut off while it wrote to the journal, and had not said that anything was saved. The piece lies beside
    the journal; `hazardctl conflicts --merge` puts it aside.

J201: A line of a journal was changed.

    Its hash is not that of what it says.

J202: A line of a journal is missing.

    The numbers jump.

J203: A line of a journal was moved, repeated or put in.

    It does not follow from the line above it.

J204: A journal is shorter than it was.

    The superior, or another journal of the unit, has seen a line with a greater number.

J205: A journal was written anew.

    The line the superior recorded has another hash now. All its own hashes may fit.

J206: A journal is gone.

    The superior, or another journal of the unit, has seen it.

J207: One writer wrote in two places.

    A folder was put back from a backup, or a disk was copied, and both went on: from here the journal has two branches.
    Both are kept whole, no line is missing.
"""

from __future__ import annotations

from collections.abc import Mapping

from hazardctl.findings import Severity

CODES: Mapping[str, Severity] = {
    "J101": Severity.ERROR,
    "J102": Severity.ERROR,
    "J103": Severity.ERROR,
    "J104": Severity.ERROR,
    "J105": Severity.ERROR,
    "J106": Severity.WARNING,
    "J107": Severity.ERROR,
    "J108": Severity.ERROR,
    "J109": Severity.NOTE,
    "J201": Severity.ERROR,
    "J202": Severity.ERROR,
    "J203": Severity.ERROR,
    "J204": Severity.ERROR,
    "J205": Severity.ERROR,
    "J206": Severity.ERROR,
    "J207": Severity.WARNING,
}
