"""Liveness, readiness and plain counters for whoever watches the server."""

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from yanzhen.doors.gate import public
from yanzhen.groundwork import audit
from yanzhen.groundwork.models import Delivery, Fact


@public
def alive(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


@public
def ready(request: HttpRequest) -> HttpResponse:
    """200 when the database answers and the worker keeps up; 503 with the reasons otherwise."""
    checks = {"database": _database_answers(), "worker": _worker_keeps_up()}
    return JsonResponse(checks, status=200 if all(checks.values()) else 503)


@public
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus text: backlog figures only, nothing about any person."""
    figures = {
        "yanzhen_facts_waiting": Fact.objects.filter(spread_at=None).count(),
        "yanzhen_deliveries_waiting": Delivery.objects.filter(done_at=None).count(),
        "yanzhen_audit_entries_unsealed": audit.unsealed().count(),
    }
    lines = [f"# TYPE {name} gauge\n{name} {value}\n" for name, value in figures.items()]
    return HttpResponse("".join(lines), content_type="text/plain; version=0.0.4")


def _database_answers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _worker_keeps_up() -> bool:
    return Fact.objects.filter(spread_at=None).count() < 10_000
