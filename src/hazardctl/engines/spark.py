"""Run a task on a Spark cluster: the master at an address, or the one Spark is set up for, or this machine."""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from hazardctl.engines import remote
from hazardctl.engines.cluster import Cluster, UnreachableError
from hazardctl.engines.remote import Answer, Order

NEEDS = ("pyspark", "py4j")
GROUP = "hazardctl"
TURNS = 2  # chunks for each processor: a job costs more than to send a chunk elsewhere


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """Take the running Spark context, or start one; one that was started here is stopped."""
    from concurrent.futures import ThreadPoolExecutor

    import pyspark
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    logging.getLogger("py4j").setLevel(logging.CRITICAL)  # it tells of every connection that ^C ends
    running = _running()
    jobs: ThreadPoolExecutor | None = None
    try:
        try:
            with _no_interrupt():
                context = pyspark.SparkContext.getOrCreate(_settings(address))
        except (Py4JError, PySparkException, OSError) as error:
            raise UnreachableError(address=address or "spark", reason=_first(error)) from error
        slots = max(int(context.defaultParallelism), 1)
        jobs = ThreadPoolExecutor(slots * 2)
        send, lost = partial(_job, context), (Py4JError, PySparkException)
        yield Cluster(
            str(context.master), lambda order, units: jobs.submit(send, order, units), slots, lost, turns=TURNS
        )
    finally:
        if jobs is not None:
            jobs.shutdown(wait=False, cancel_futures=True)
        started = _running()
        with suppress(Py4JError, PySparkException):
            if started is not None:
                started.cancelJobGroup(GROUP)
        if started is not None and running is None:
            started.stop()


def _running() -> Any:
    """Give the context there is, if any."""
    import pyspark

    return pyspark.SparkContext._active_spark_context  # noqa: SLF001 -- nothing else tells


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Hold ^C back until Spark has started: a Java that has not yet found its Python stays for ever when that goes."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt


def _settings(address: str) -> Any:
    import pyspark

    settings = pyspark.SparkConf().setAppName("hazardctl")
    if address:
        settings.setMaster(address)
    settings.setIfMissing("spark.master", "local[*]")
    settings.setIfMissing("spark.ui.enabled", "false")
    settings.setIfMissing("spark.ui.showConsoleProgress", "false")
    settings.setIfMissing("spark.log.level", "ERROR")
    if str(settings.get("spark.master")).startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    return settings


def _first(error: BaseException) -> str:
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    return lines[0] if lines else type(error).__name__


def _job(context: Any, order: Order, units: list[str]) -> Answer:
    """Have some units done as a job of one task, so that one that fails takes no other with it."""
    context.setJobGroup(GROUP, "hazardctl", interruptOnCancel=True)
    answer: Answer = context.parallelize([units], 1).map(lambda chunk: remote.work(order, chunk)).collect()[0]
    return answer
