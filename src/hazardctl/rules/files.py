r"""Files: what keeps a file from being read for certain. These are found while it is read, before any other rule.

F100: A file cannot be opened.

    It is missing, or the system refuses it.

F101: The file is empty.

    An empty file is not "no hazards": a nil return says 无 in a row, or `nil: true`. As a rule the file was cut off
    while a folder was synced.

    Fails::

        # units/a/ledger.csv

    Passes::

        # units/a/ledger.csv
        编号,整改措施
        ,无

F102: The file's encoding is not known.

    UTF-8, UTF-16 with its mark, and GB18030 (GBK) are read.

    Fails::

        # units/a/ledger.csv
        编号,整改措施\xff\xff

    Passes::

        # units/a/ledger.csv
        编号,整改措施

F103: The file holds NUL characters.

    Text never does: it is another kind of file, or the disk was full when it was saved.

    Fails::

        # units/a/ledger.csv
        编号,整改措施
        H2,\x00

    Passes::

        # units/a/ledger.csv
        编号,整改措施
        H2,更换门禁

F104: A quotation mark is not closed.

    Everything after it would be read as one cell; nothing from this line on was read.

    Fails::

        # units/a/ledger.csv
        编号,整改措施
        H2,"更换门禁
        H3,培训

    Passes::

        # units/a/ledger.csv
        编号,整改措施
        H2,"更换门禁"
        H3,培训

F105: The file is too large.

    A ledger has at most 200,000 rows and 256 columns.

F106: A row has more cells than there are headings.

    As a rule a comma in the text stands without quotation marks, and every cell after it has slipped.

    Fails::

        # units/a/ledger.csv
        编号,整改措施,责任人
        H2,更换门禁,培训,张三

    Passes::

        # units/a/ledger.csv
        编号,整改措施,责任人
        H2,"更换门禁,培训",张三

F107: A row has fewer cells than there are headings.

    The file was cut off here, or a comma was lost.

    Fails::

        # units/a/ledger.csv
        编号,整改措施,责任人
        H2,更换门禁

    Passes::

        # units/a/ledger.csv
        编号,整改措施,责任人
        H2,更换门禁,

F108: A merge was left unfinished.

    The marks <<<<<<< and >>>>>>> stand in the file: git could not merge it, and both versions are in it.

    Fails::

        # units/a/ledger.csv
        编号,整改措施
        <<<<<<< HEAD
        H2,更换门禁
        =======
        H2,加装监控
        >>>>>>> theirs

    Passes::

        # units/a/ledger.csv
        编号,整改措施
        H2,更换门禁

F109: The unit's files could not be gone through.

    Every process that read them was ended, as a rule because they need more memory than there is. The other units have
    been counted.

F110: A unit has two ledgers.

    The CSV one is read. Which is true cannot be told.

    Fails::

        # units/a/ledger.csv
        编号,整改措施
        # units/a/ledger.yaml
        entries: []

    Passes::

        # units/a/ledger.yaml
        entries: []

F120: The YAML cannot be read.

    Fails::

        # units/a/ledger.yaml
        entries:
          - {编号: H2

    Passes::

        # units/a/ledger.yaml
        entries:
          - {编号: H2, 整改措施: 更换门禁}

F121: The YAML uses anchors or aliases.

    One value in two places: a change of one would change the other.

    Fails::

        # units/a/ledger.yaml
        entries:
          - {编号: &one H2, 整改措施: 更换门禁}

    Passes::

        # units/a/ledger.yaml
        entries:
          - {编号: H2, 整改措施: 更换门禁}

F122: The YAML uses tags.

    Fails::

        # units/a/ledger.yaml
        entries:
          - {编号: !!str H2, 整改措施: 更换门禁}

    Passes::

        # units/a/ledger.yaml
        entries:
          - {编号: H2, 整改措施: 更换门禁}

F123: The file holds several YAML documents.

    Fails::

        # units/a/ledger.yaml
        entries: []
        ---
        entries: []

    Passes::

        # units/a/ledger.yaml
        entries: []

F124: A key is given twice.

    YAML readers keep the last and say nothing.

    Fails::

        # units/a/ledger.yaml
        entries:
          - {编号: H2, 整改措施: 更换门禁, 整改措施: 培训}

    Passes::

        # units/a/ledger.yaml
        entries:
          - {编号: H2, 整改措施: 更换门禁}

F125: The YAML is nested too deeply.

    Fails::

        # units/a/ledger.yaml
        [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]

    Passes::

        # units/a/ledger.yaml
        entries: []

F126: A key is not a plain word.

    Fails::

        # units/a/ledger.yaml
        entries:
          - {[编号]: H2}

    Passes::

        # units/a/ledger.yaml
        entries:
          - {编号: H2}

F127: The file holds no list of entries.

    Fails::

        # units/a/ledger.yaml
        entries: H2

    Passes::

        # units/a/ledger.yaml
        entries:
          - {编号: H2, 整改措施: 更换门禁}

F128: An entry's field holds more than a text.

    Fails::

        # units/a/ledger.yaml
        entries:
          - {编号: H2, 整改措施: {一: 更换门禁}}

    Passes::

        # units/a/ledger.yaml
        entries:
          - {编号: H2, 整改措施: 更换门禁}
"""

from __future__ import annotations

from collections.abc import Mapping

from hazardctl.findings import Severity

CODES: Mapping[str, Severity] = {
    "F100": Severity.ERROR,
    "F101": Severity.ERROR,
    "F102": Severity.ERROR,
    "F103": Severity.ERROR,
    "F104": Severity.ERROR,
    "F105": Severity.ERROR,
    "F106": Severity.ERROR,
    "F107": Severity.ERROR,
    "F108": Severity.ERROR,
    "F109": Severity.ERROR,
    "F110": Severity.ERROR,
    "F120": Severity.ERROR,
    "F121": Severity.ERROR,
    "F122": Severity.ERROR,
    "F123": Severity.ERROR,
    "F124": Severity.ERROR,
    "F125": Severity.ERROR,
    "F126": Severity.ERROR,
    "F127": Severity.ERROR,
    "F128": Severity.ERROR,
}
