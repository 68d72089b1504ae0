"""What is counted, as Prometheus reads it."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import func, select

from phonoscope.studio.assets.tables import Asset
from phonoscope.studio.jobs.tables import Job
from phonoscope.studio.state import Studio
from phonoscope.version import __version__

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper ends of the classes of latency; what takes longer is a stream."""


class Metrics:
    """Counts requests; reads everything else when it is asked."""

    def __init__(self, studio: Studio) -> None:
        self._registry = CollectorRegistry()
        self._registry.register(_Stock(studio))
        names = ("method", "route")
        self._requests = Counter(
            "phonoscope_requests", "Requests answered.", (*names, "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "phonoscope_request_seconds",
            "Time to the end of the answer.",
            names,
            buckets=SECONDS,
            registry=self._registry,
        )

    def count_request(self, method: str, route: str, status: int, took_s: float) -> None:
        """Count an answered request.

        Parameters
        ----------
        route
            Its template, such as ``/api/v1/renders/{id}``: addresses themselves would be too many.
        """
        known = method if method in METHODS else "OTHER"
        self._requests.labels(known, route, status).inc()
        self._seconds.labels(known, route).observe(took_s)

    def text(self) -> bytes:
        """Return everything, in Prometheus' text format."""
        return generate_latest(self._registry)


METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class _Stock(Collector):
    """What there is now."""

    def __init__(self, studio: Studio) -> None:
        self._studio = studio

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Return nothing: asking the database before its tables are there would fail."""
        return ()

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Yield the gauges."""
        with self._studio.database.session() as session:
            jobs = session.execute(select(Job.kind, Job.state, func.count()).group_by(Job.kind, Job.state)).all()
            stored = session.scalar(select(func.coalesce(func.sum(Asset.bytes), 0)))
        gauge = GaugeMetricFamily("phonoscope_jobs", "Jobs in the database.", labels=("kind", "state"))
        for kind, state, count in jobs:
            gauge.add_metric((kind, state), count)
        yield gauge
        yield GaugeMetricFamily("phonoscope_asset_bytes", "Size of all uploaded files.", stored or 0)
        ready = GaugeMetricFamily("phonoscope_workers", "Workers that are ready.", labels=("lane",))
        for lane, ready_now in self._studio.crew.items():
            ready.add_metric((lane,), ready_now())
        yield ready
        info = GaugeMetricFamily("phonoscope_info", "The version.", labels=("version",))
        info.add_metric((__version__,), 1)
        yield info
