"""Render a bureau's template: sandboxed, escaped, in a limited child, since it may come from a shared folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from hazardctl import limited, resources
from hazardctl.errors import HazardError
from hazardctl.findings import Finding, Severity
from hazardctl.formats.encoding import UndecodableError, decode
from hazardctl.i18n import join
from hazardctl.records import immutable

Form = Literal["md", "html"]
SUFFIX = ".j2"
_WIDE_BRACES = re.compile(r"｛｛|｝｝|｛%|%｝|\{｛|｝\}|｛\{|\}｝")
# What JSON cannot say of a table drawn elsewhere: it is already escaped.
DRAWN = "drawn"


class NoTemplateError(HazardError):
    """There is no template of this name for this kind of file."""

    key = "error.no_template"


class TemplateError(HazardError):
    """A template cannot be rendered; its findings say why."""

    key = "error.template"

    def __init__(self, findings: list[Finding], **values: Any) -> None:
        super().__init__(**values)
        self.findings = findings


@immutable
class Template:
    """A template's name, kind and text."""

    name: str
    form: Form
    path: Path
    text: str


def available(root: Path | None) -> Mapping[str, Mapping[Form, Path]]:
    """Give each template by report and kind of file; the bureau's own, in `templates/`, win over the shipped."""
    found: dict[str, dict[Form, Path]] = {}
    for folder in (resources.folder("templates"), *([root / "templates"] if root else [])):
        for form in ("md", "html"):
            for path in sorted(folder.glob(f"*.{form}{SUFFIX}")):
                found.setdefault(path.name.removesuffix(f".{form}{SUFFIX}"), {})[form] = path
    return found


def load(name: str, form: Form, root: Path | None) -> Template:
    """Load a template by the report's name."""
    known = available(root)
    path = known.get(name, {}).get(form)
    if path is None:
        raise NoTemplateError(name=name, form=form, known=join(sorted(known)))
    if root and path.is_relative_to(root) and not path.resolve().is_relative_to(root.resolve()):
        raise NoTemplateError(name=name, form=form, known=join(sorted(known)))
    try:
        text, _ = decode(path.read_bytes())
    except UndecodableError:
        raise TemplateError([Finding("F102", Severity.ERROR, path.name)], path=path.name) from None
    return Template(name, form, path, text)


def render(template: Template, facts: Mapping[str, Any]) -> str:
    """Fill a template with facts (plain JSON); raises TemplateError with line and reason, or LimitError."""
    payload = {"text": template.text, "form": template.form, "facts": facts}
    try:
        rendered: str = limited.run("hazardctl.templating:render_here", payload, about=template.path.name)
    except limited.TaskError as error:
        line = int(error.values.get("line", "0"))
        found = Finding(
            error.code,
            Severity.ERROR,
            template.path.name,
            line,
            1 if line else 0,
            args=(("reason", str(error.values.get("reason", ""))),),
        )
        raise TemplateError([found], path=template.path.name) from None
    return rendered


def lint(template: Template, known: Iterable[str]) -> list[Finding]:
    """Find what would fail or surprise in a template: names nobody defines, full-width braces, `safe`."""
    name = template.path.name
    found = [
        Finding("T102", Severity.ERROR, name, number, match.start() + 1, value=match.group(), source=line)
        for number, line in enumerate(template.text.splitlines(), 1)
        for match in _WIDE_BRACES.finditer(line)
    ]
    from jinja2 import TemplateSyntaxError

    environment = _environment(template.form)
    try:
        tree = environment.parse(template.text)
    except TemplateSyntaxError as error:
        return [*found, Finding("T101", Severity.ERROR, name, error.lineno, 1, args=(("reason", str(error.message)),))]
    return found + list(_tree_findings(tree, environment, name, set(known), template.text))


def _tree_findings(tree: Any, environment: Any, name: str, known: set[str], text: str) -> Iterable[Finding]:
    from jinja2 import meta, nodes

    for node in tree.find_all(nodes.Filter):
        if node.name not in environment.filters:
            yield Finding("T104", Severity.ERROR, name, node.lineno, 1, value=node.name)
            node.name = "string"  # said once; looking for undefined names would stop at it
    undeclared = meta.find_undeclared_variables(tree) - known - set(environment.globals)
    for node in tree.find_all(nodes.Name):
        if node.name in undeclared and node.ctx == "load":
            yield Finding(
                "T103",
                Severity.ERROR,
                name,
                node.lineno,
                1,
                value=node.name,
                args=(("known", join(sorted(known))),),
                source=text.splitlines()[node.lineno - 1],
            )
    for kind in (nodes.ScopedEvalContextModifier, nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends):
        for node in tree.find_all(kind):
            yield Finding("T105", Severity.ERROR, name, node.lineno, 1, value=kind.__name__.lower())


def _environment(form: str) -> Any:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        autoescape=form == "html",
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=_plain if form == "html" else _markdown,
    )
    for name in ("safe", "random", "pprint"):
        environment.filters.pop(name, None)
    environment.globals.pop("lipsum", None)
    return environment


def render_here(payload: Mapping[str, Any]) -> str:
    """Render in this very process: the child's side of `render`."""
    from jinja2 import TemplateSyntaxError, UndefinedError
    from jinja2.exceptions import SecurityError
    from markupsafe import Markup

    environment = _environment(payload["form"])
    facts = dict(payload["facts"])
    facts[DRAWN] = {key: Markup(text) for key, text in facts.get(DRAWN, {}).items()}  # noqa: S704 -- our writers escaped it
    try:
        found = [
            f
            for f in _tree_findings(environment.parse(payload["text"]), environment, "", set(facts), payload["text"])
            if f.code != "T103"
        ]
        if found:
            raise limited.TaskError(found[0].code, line=found[0].line, reason=found[0].value)
        rendered: str = environment.from_string(payload["text"]).render(facts)
    except TemplateSyntaxError as error:
        raise limited.TaskError("T101", line=error.lineno, reason=error.message) from None
    except UndefinedError as error:
        raise limited.TaskError("T106", line=_line_of(error), reason=error.message) from None
    except SecurityError:
        raise limited.TaskError("T107", line=0, reason="") from None
    except (TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise limited.TaskError("T108", line=_line_of(error), reason=str(error)) from None
    return rendered


def _line_of(error: BaseException) -> int:
    """Give the line of the template an exception came from; jinja rewrites its traceback to template lines."""
    trace, line = error.__traceback__, 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _plain(value: Any) -> Any:
    return "" if value is None else value


def _markdown(value: Any) -> Any:
    """Keep data from acting as Markdown: only what would change the page's structure is escaped."""
    from markupsafe import Markup

    if value is None:
        return ""
    if isinstance(value, Markup) or not isinstance(value, str):
        return value
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(value.split()))
