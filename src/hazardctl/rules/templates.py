"""Templates: what keeps a report from being made, found by `hazardctl report --lint` and when a report is rendered.

T101: The template cannot be read.

    Fails::

        {% for row in rows %}

    Passes::

        {{ title }}

T102: Braces are full-width.

    They are printed as they stand, and no value is filled in.

    Fails::

        ｛｛ title ｝｝

    Passes::

        {{ title }}

T103: A name stands for nothing.

    Fails::

        {{ titel }}

    Passes::

        {{ title }}

T104: A filter is not to be had.

    Templates come from shared folders, so they get what a report needs and nothing that reaches further.

    Fails::

        {{ title | safe }}

    Passes::

        {{ title | upper }}

T105: A template reaches for other files, or switches escaping off.

    Fails::

        {% include "other.md" %}

    Passes::

        {{ title }}

T106: A name has no value when the report is made.

T107: A template reaches for what is closed to templates.

T108: A template computes something that cannot be computed.
"""

from __future__ import annotations

from collections.abc import Mapping

from hazardctl.findings import Severity

CODES: Mapping[str, Severity] = {
    "T101": Severity.ERROR,
    "T102": Severity.ERROR,
    "T103": Severity.ERROR,
    "T104": Severity.ERROR,
    "T105": Severity.ERROR,
    "T106": Severity.ERROR,
    "T107": Severity.ERROR,
    "T108": Severity.ERROR,
}
