"""Words that documents have in common."""

MESSAGES: dict[str, tuple[str, str]] = {
    "document.note": ("Note: {note}", "注：{note}"),
    "document.notes": ("Notes: {number}. {note}", "说明：{number}. {note}"),
    "document.further": ("{number}. {note}", "{number}. {note}"),
}
