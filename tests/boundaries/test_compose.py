"""docker-compose.yml: valid by the specification's schema, and true to the three roles and the private files."""

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def compose() -> dict[str, Any]:
    return dict(yaml.safe_load((PROJECT / "docker-compose.yml").read_text()))


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return dict(json.loads((PROJECT / "deploy" / "schema" / "compose-spec.json").read_text()))


def test_follows_the_compose_specification(compose: dict[str, Any], schema: dict[str, Any]) -> None:
    jsonschema.Draft202012Validator(schema).validate(compose)


def test_the_schema_would_refuse_a_wrong_file(compose: dict[str, Any], schema: dict[str, Any]) -> None:
    wrong = {**compose, "services": {**compose["services"], "web": {"image": "ok9", "replicas_wanted": 3}}}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema).validate(wrong)


def test_has_every_process(compose: dict[str, Any]) -> None:
    assert set(compose["services"]) == {"postgres", "valkey", "migrate", "web", "worker", "beat", "nginx"}


@pytest.mark.parametrize("name", ["web", "worker", "beat"])
def test_serves_and_works_as_the_role_that_row_security_binds(compose: dict[str, Any], name: str) -> None:
    values = " ".join(str(value) for value in compose["services"][name]["environment"].values())
    assert "postgres://ok9_app:" in values
    assert "ok9_owner" not in values
    assert "POSTGRES_PASSWORD" not in values


def test_only_the_migrations_use_the_owner(compose: dict[str, Any]) -> None:
    assert compose["services"]["migrate"]["environment"]["DATABASE_URL"].startswith("postgres://ok9_owner:")


def test_no_secret_has_a_default_value(compose: dict[str, Any]) -> None:
    text = (PROJECT / "docker-compose.yml").read_text()
    assert not re.findall(r"\$\{(?:SECRET_KEY|(?:POSTGRES|OK9_OWNER|OK9_APP|VALKEY)_PASSWORD):?-", text)


def test_only_the_proxy_is_reached_from_outside(compose: dict[str, Any]) -> None:
    assert [name for name, service in compose["services"].items() if service.get("ports")] == ["nginx"]


def test_private_files_are_served_where_the_application_points(compose: dict[str, Any]) -> None:
    location = compose["services"]["web"]["environment"]["PRIVATE_FILES_LOCATION"]
    proxy = (PROJECT / "deploy" / "nginx" / "ok9.conf.template").read_text()
    block = re.search(rf"location {location} \{{(.*?)\}}", proxy, re.S)
    assert block
    assert "internal;" in block[1]
    folder = re.search(r"alias (\S+)/;", block[1])
    assert folder
    assert any(volume.startswith(f"media:{folder[1]}") for volume in compose["services"]["nginx"]["volumes"])


def test_every_setting_of_production_reaches_the_containers(compose: dict[str, Any]) -> None:
    """What the settings read from the environment and a network may want to change."""
    read = set(re.findall(r'env\.\w+\("(\w+)"', (PROJECT / "ok9" / "settings.py").read_text()))
    fixed = {
        "OK9_HOME",
        "OK9_DEMO",
        "OK9_DEMO_MEMBERS",
        "DEBUG",
        "OK9_APP_ROLE",
        "LOG_LEVEL",
        "PUBLIC_PAGES_KEPT_SECONDS",
    }
    read |= set(re.findall(r'env\.db_url\("(\w+)"', (PROJECT / "ok9" / "settings.py").read_text()))
    assert read - fixed == compose["services"]["web"]["environment"].keys() & read
    assert len(read) > 20


def test_files_that_are_mounted_exist(compose: dict[str, Any]) -> None:
    mounts = [volume.split(":")[0] for service in compose["services"].values() for volume in service.get("volumes", [])]
    local = [mount for mount in mounts if mount.startswith("./")]
    assert local
    assert [mount for mount in local if not (PROJECT / mount).exists()] == []


def test_the_image_takes_every_room() -> None:
    rooms = {found.parent.name for found in PROJECT.glob("*/__init__.py")} - {"tests"}
    taken = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert {f"!{room}" for room in rooms} <= set(taken)
