"""Run a task on a dask cluster: the scheduler at an address, or one of this machine's own."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import Any

from hazardctl.engines import remote
from hazardctl.engines.cluster import Cluster, UnreachableError

NEEDS = ("dask", "distributed")
NO_ONE_ELSE = "127.0.0.1:0"  # dask opens a port for its pages in any case
PATIENCE = 30  # seconds until a scheduler answers or a worker comes


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """Connect to a scheduler; without an address to the one dask is set up for, else one is made here."""
    import dask
    import distributed

    address = address or dask.config.get("scheduler-address", None) or ""
    with ExitStack() as open_:
        try:
            client = open_.enter_context(distributed.Client(address or open_.enter_context(_here()), timeout=PATIENCE))
            client.wait_for_workers(1, timeout=PATIENCE)
        except (OSError, TimeoutError, ValueError) as error:  # ValueError: an address that is none
            raise UnreachableError(address=address, reason=str(error)) from None
        send = partial(client.get_executor(pure=False).submit, remote.work)
        slots = sum(client.nthreads().values())
        lost = (distributed.scheduler.KilledWorker,)
        yield Cluster(address or "dask", send, slots, lost, check=_Watch(client, address))


@contextmanager
def _here() -> Iterator[Any]:
    """Make a cluster of this machine: the work is done by processes of the worker's, so threads are enough for it."""
    import distributed

    made = distributed.LocalCluster(
        n_workers=1, threads_per_worker=os.cpu_count() or 1, processes=False, protocol="inproc://",
        dashboard_address=NO_ONE_ELSE, worker_dashboard_address=NO_ONE_ELSE, silence_logs=logging.ERROR,
    )  # fmt: skip
    with made:
        try:
            yield made
        finally:
            remote.stop()


class _Watch:
    """Notices that a cluster has had no worker for a while: what was sent would wait for ever."""

    def __init__(self, client: Any, address: str) -> None:
        self._client, self._address, self._seen = client, address, time.monotonic()

    def __call__(self) -> None:
        now = time.monotonic()
        if self._client.nthreads():
            self._seen = now
        elif now - self._seen > PATIENCE:
            raise UnreachableError(address=self._address, reason="0 workers")
