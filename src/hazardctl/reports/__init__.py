"""The reports, one file each: `build(opened, asked) -> Report`, rendered by the template of the same name."""

REPORTS: tuple[str, ...] = ("weekly", "unit")
