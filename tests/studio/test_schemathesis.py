"""The API keeps to its own description, whatever it is sent."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import APIOperation, Case, GenerationMode, SerializationContext, serializer
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.core.result import Ok
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from phonoscope.studio.jobs import waiting
from phonoscope.studio.state import Studio
from tests.studio.things import make_things

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
FEW = 2
"""Requests of each operation and kind."""

LEFT_OUT = {
    "listen_to_events": "does not end",
    "delete_key": "the key that asks would be gone",
    "did_create_image": "waits for a worker",
    "did_create_audio": "waits for a worker",
}
CACHED = "a" * 32

Operation = APIOperation[Any, Any, Any, Any]


@serializer("application/offset+octet-stream")
def sent(context: SerializationContext, value: Any) -> bytes:
    """Return the part of an upload as it is sent."""
    return value if isinstance(value, bytes) else str(value).encode()


def in_order(schema: BaseSchema) -> list[Operation]:
    """Return what can be asked; what deletes things last."""
    found = [result.ok() for result in schema.get_all_operations() if isinstance(result, Ok)]
    wanted = [it for it in found if it.definition.raw["operationId"] not in LEFT_OUT]
    return sorted(wanted, key=lambda it: it.method == "delete")


def fuzz(client: TestClient, operation: Operation, mode: GenerationMode, known: dict[str, str], count: int) -> None:
    """Send what an operation takes, or what it does not take."""
    named = {it.name for it in operation.path_parameters}
    values = {name: value for name, value in known.items() if name in named}

    @settings(
        max_examples=count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(mode, path_parameters=values or None))
    def send(case: Case[Any]) -> None:
        told = case.as_transport_kwargs(base_url=str(client.base_url))
        told.pop("cookies", None)
        if "data" in told and not isinstance(told["data"], dict):
            told["content"] = told.pop("data")
        given_head = {name.lower(): value for name, value in told.pop("headers", {}).items()}
        head = given_head | {"authorization": client.headers["authorization"]}
        case.validate_response(client.request(headers=head, **told), checks=CHECKS)

    with suppress(Unsatisfiable):  # there is nothing that it does not take
        send()


def test_nothing_is_answered_but_what_is_described(
    app: FastAPI, client: TestClient, studio: Studio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "_look", lambda studio, job_id: None)  # nobody works here, so nobody is waited for
    schema = schemathesis.openapi.from_dict(app.openapi())
    known = make_things(studio, "anna", CACHED)
    failed = []
    for operation in in_order(schema):
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try:
                fuzz(client, operation, mode, known, FEW)
            except (FailureGroup, Failure) as error:
                failed.append(f"{operation.label}: {error}")
    assert not failed, "\n\n".join(failed)
