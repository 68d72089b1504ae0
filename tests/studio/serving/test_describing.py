from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient


@pytest.fixture
def schema(anonymous: TestClient) -> dict[str, Any]:
    """What the studio says of its API."""
    answer = anonymous.get("/openapi.json")
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


def operations(schema: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, address, operation)
        for address, path in schema["paths"].items()
        for method, operation in path.items()
        if method in ("get", "put", "post", "delete", "patch", "options", "head")
    ]


def test_every_operation_tells_what_problems_look_like(schema: dict[str, Any]) -> None:
    assert schema["openapi"].startswith("3.1")
    assert len(operations(schema)) > 20
    for _, _, operation in operations(schema):
        if operation["tags"] != ["OpenAI"]:  # whose clients know their own
            told = operation["responses"]["default"]["content"]["application/problem+json"]["schema"]
            assert told == {"$ref": "#/components/schemas/ProblemDetails"}
    assert "HTTPValidationError" not in str(schema)


def test_every_operation_has_a_name_of_its_own(schema: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(schema)]
    assert len(set(names)) == len(names)
    assert all(name.replace("_", "").isalnum() and name.islower() for name in names)
    assert not [name for name in names if name.endswith(("_get", "_post"))]  # the framework's own


def test_what_needs_no_credentials_is_little(schema: dict[str, Any]) -> None:
    assert schema["security"] == [{"key": []}, {"session": []}]
    free = {address for _, address, operation in operations(schema) if operation.get("security") == []}
    assert {"/health", "/ready", "/metrics", "/api/v1/session"} <= free
    assert not [address for address in free if address.startswith(("/api/v1/projects", "/api/v1/renders", "/v1/"))]


def test_what_is_open_answers_and_what_is_not_asks_who_it_is(schema: dict[str, Any], anonymous: TestClient) -> None:
    for method, address, operation in operations(schema):
        if "security" not in operation and "{" not in address:
            assert anonymous.request(method, address).status_code == 401, (method, address)


def test_what_an_operation_refuses_is_told_with_examples(schema: dict[str, Any]) -> None:
    assert [tag["name"] for tag in schema["tags"]][:2] == ["projects", "assets"]
    assert {tag for _, _, it in operations(schema) for tag in it["tags"]} == {tag["name"] for tag in schema["tags"]}
    for name, answer in schema["components"]["responses"].items():
        assert answer["content"]["application/problem+json"]["example"]["remedy"], name
    for _, address, operation in operations(schema):
        if address.startswith("/api/") and operation.get("security") != []:
            assert {"401", "429"} <= set(operation["responses"]), address
