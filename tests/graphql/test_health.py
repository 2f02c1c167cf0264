"""Health and metrics of the API."""

import time

from projections.models import MODELS
from tests.graphql.company import CAROL, Company, Service


def test_a_service_with_a_database_is_ready_and_says_how_late_read_models_are(
    acme: Company,
) -> None:
    posted = acme.writes(CAROL, "hello")
    told = acme.service.http.get("/health/ready").json()
    assert told["status"] == "ready"
    assert told["head"] >= posted["position"]
    assert set(told["behind"]) == set(MODELS)


def test_metrics_are_for_prometheus(service: Service) -> None:
    told = service.http.get("/metrics")
    assert told.headers["content-type"].startswith("text/plain")
    assert "ledgerdesk_log_head" in told.text
    assert 'ledgerdesk_read_model_position{model="queue"}' in told.text


def test_liveness_asks_nobody(service: Service) -> None:
    started = time.monotonic()
    assert service.http.get("/health/live").json() == {"status": "alive"}
    assert time.monotonic() - started < 1
