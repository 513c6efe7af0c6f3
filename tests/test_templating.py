from __future__ import annotations

from pathlib import Path

import pytest

from hazardctl import limited, templating
from hazardctl.templating import Form, Template


def template(text: str, form: Form = "html") -> Template:
    return Template("t", form, Path(f"t.{form}.j2"), text)


def test_data_is_escaped_in_html() -> None:
    assert templating.render(template("{{ x }}"), {"x": "A&B<script>"}) == "A&amp;B&lt;script&gt;"


def test_data_cannot_open_a_table_or_a_heading_in_markdown() -> None:
    assert templating.render(template("# {{ x }}", "md"), {"x": "a|b\n# c <i>"}) == r"# a\|b \# c \<i\>"


def test_drawn_tables_stand_as_they_were_drawn() -> None:
    assert templating.render(template("{{ drawn.t }}"), {"drawn": {"t": "<table></table>"}}) == "<table></table>"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ x|safe }}", "T104"),
        ("{% autoescape false %}{{ x }}{% endautoescape %}", "T105"),
        ("{% include 'campaign.yaml' %}", "T105"),
        ("{{ x", "T101"),
        ("{{ nobody }}", "T106"),
        ("{{ x.__class__.__mro__ }}", "T107"),
        ("{{ 1 // 0 }}", "T108"),
        ("{{ x.missing }}", "T106"),
    ],
)
def test_what_a_template_may_not_do_is_said(text: str, code: str) -> None:
    with pytest.raises(templating.TemplateError) as caught:
        templating.render(template(text), {"x": "<b>"})
    assert [finding.code for finding in caught.value.findings] == [code]


@pytest.mark.parametrize(
    "text", ["{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}", "{{ 'x' * 9999999999 }}"]
)
def test_a_template_that_runs_on_is_stopped(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited.run, "__kwdefaults__", {"seconds": 1, "megabytes": 256})
    with pytest.raises(limited.LimitError):
        templating.render(template(text), {})


def test_lint_names_every_mistake_with_its_line() -> None:
    text = "{{ title }}\n{{ titel }}\n｛｛ title ｝｝\n{{ title|safe }}\n"
    found = templating.lint(template(text), {"title"})
    assert sorted((finding.line, finding.code) for finding in found) == [
        (2, "T103"),
        (3, "T102"),
        (3, "T102"),
        (4, "T104"),
    ]
