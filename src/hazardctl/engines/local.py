"""Run the kernel here and now, one chunk of units after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hazardctl.statistics.kernel import Counted, Kernel


def run(kernel: Kernel, chunks: Sequence[Sequence[str]]) -> Iterator[Counted]:
    """Map the kernel over chunks of units."""
    for chunk in chunks:
        yield from kernel(chunk)
