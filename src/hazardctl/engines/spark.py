"""Run a task on a Spark cluster: the master at an address, or the one Spark is set up for, or this machine."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from typing import Any

from hazardctl.engines import remote
from hazardctl.engines.cluster import Cluster, UnreachableError
from hazardctl.engines.remote import Answer, Order

NEEDS = ("pyspark", "py4j")
GROUP = "hazardctl"


@contextmanager
def connected(address: str) -> Iterator[Cluster]:
    """Take the running Spark context, or start one; one that was started here is stopped."""
    from concurrent.futures import ThreadPoolExecutor

    import pyspark
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    logging.getLogger("py4j").setLevel(logging.CRITICAL)  # it tells of every connection that ^C ends
    running = pyspark.SparkContext._active_spark_context is not None  # noqa: SLF001 -- nothing else tells
    try:
        context = pyspark.SparkContext.getOrCreate(_settings(address))
    except (Py4JError, PySparkException, OSError) as error:
        raise UnreachableError(address=address or "spark", reason=_first(error)) from error
    slots = max(int(context.defaultParallelism), 1)
    jobs = ThreadPoolExecutor(slots * 2)
    try:
        send = partial(_job, context)
        lost = (Py4JError, PySparkException)
        yield Cluster(str(context.master), lambda order, units: jobs.submit(send, order, units), slots, lost)
    finally:
        jobs.shutdown(wait=False, cancel_futures=True)
        with suppress(Py4JError, PySparkException):
            context.cancelJobGroup(GROUP)
        if not running:
            context.stop()


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
