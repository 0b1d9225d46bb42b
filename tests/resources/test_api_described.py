"""The OpenAPI description: valid, with examples, and true of every answer."""

from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

from tests.resources import factories, lexicon_data

pytestmark = pytest.mark.django_db
OPERATIONS = {
    "/api/v1/resources/": "ResourceList",
    "/api/v1/resources/{slug}/": "Resource",
    "/api/v1/experiences/": "ResourceList",
    "/api/v1/experiences/{slug}/": "Resource",
    "/api/v1/terms/": "TermList",
    "/api/v1/terms/{slug}/": "Term",
    "/api/v1/grids/": "GridList",
    "/api/v1/grids/{slug}/": "Grid",
}


@pytest.fixture
def schema() -> dict[str, Any]:
    answer = Client().get("/api/v1/schema/")
    assert answer["Content-Type"] == "application/vnd.oai.openapi+json"
    return answer.json()


def strict(part: Any) -> Any:
    """The description as JSON Schema, where a field that is not described is a fault."""
    if isinstance(part, list):
        return [strict(one) for one in part]
    if not isinstance(part, dict):
        return part
    made = {name: strict(value) for name, value in part.items()}
    if made.get("type") == "object" and "properties" in made:
        made["additionalProperties"] = False
    if made.pop("nullable", False):
        return {"anyOf": [made, {"type": "null"}]}
    return made


def faults(schema: dict[str, Any], shape: str, value: Any) -> list[str]:
    described = {
        "$ref": f"#/components/schemas/{shape}",
        "components": strict(schema["components"]),
    }
    found = Draft202012Validator(described).iter_errors(value)
    return [f"{list(fault.path)} {fault.message[:200]}" for fault in found]


def test_the_description_is_valid_openapi(schema):
    validate(schema)
    assert set(schema["paths"]) == set(OPERATIONS)


def test_every_operation_is_described_in_words_with_an_example(schema):
    for path, shape in OPERATIONS.items():
        operation = schema["paths"][path]["get"]
        assert operation["summary"], path
        assert operation["description"], path
        assert {"200", "429"} < set(operation["responses"]), path
        content = operation["responses"]["200"]["content"]["application/json"]
        assert content["schema"] == {"$ref": f"#/components/schemas/{shape}"}
        examples = [example["value"] for example in content["examples"].values()]
        assert examples, path
        assert [faults(schema, shape, example) for example in examples] == [[]], path
        for parameter in operation.get("parameters", []):
            assert parameter.get("description") or parameter["in"] == "path", (path, parameter)


def test_every_answer_is_as_described(schema):
    made = factories.resource(slug="fiche", kind="experience", dimension="collectif")
    factories.path(made)
    factories.falc(made)
    mission = factories.resource(slug="mission", kind="mission", number=1, departments=["34"])
    mission.training = [{"name": "Formation", "required": True}]
    mission.save()
    lexicon_data.term("mot", "mot")
    for path, shape in OPERATIONS.items():
        if "grids" in path:
            continue  # tests/selfassess/test_api.py
        for slug in ("mot",) if "terms" in path else ("fiche", "mission"):
            if "experiences" in path and slug == "mission":
                continue
            answer = Client().get(path.replace("{slug}", slug))
            assert answer.status_code == 200, path
            assert faults(schema, shape, answer.json()) == [], path


def test_an_error_is_as_described(schema):
    assert faults(schema, "Error", Client().get("/api/v1/resources/nulle/").json()) == []


def test_the_filters_offered_are_those_of_the_library(schema):
    names = [one["name"] for one in schema["paths"]["/api/v1/resources/"]["get"]["parameters"]]
    facets = ["genre", "theme", "public", "dimension", "modalite", "dept", "falc"]
    assert sorted(names) == sorted(["q", *facets, "tri", "curseur", "taille"])
