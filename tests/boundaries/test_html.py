"""The HTML of every page, in both languages and with a form's errors, as html-validate judges it."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import override
from pytest_django import DjangoDbBlocker

from tests.boundaries.matrix import DONE, PAGES, SIGN_IN_PAGES, VISITOR, expected
from tests.boundaries.walk import Walk, address_of, read, walking

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).parents[2]
# One of each who reads: a page may look different to each of them.
READERS = (VISITOR, "north_handler", "north_lead", "host_lead", "assessor", "coordinator")


@pytest.fixture(scope="module")
def walk(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Walk]:
    with django_db_blocker.unblock(), walking(tmp_path_factory.mktemp("html")) as made:
        yield made


def pages_of(walk: Walk, language: str) -> Iterator[tuple[str, HttpResponseBase]]:
    """Every page that may be read, once a reader and thing; what may be sent, sent empty. A file is asked for once."""
    files = set()
    for name, page in PAGES.items():
        for thing in page.things or ("",):
            for who in READERS if language == "en-gb" else READERS[:3]:
                if expected(page, thing, who, page.methods[0]) != DONE or thing == "token" or name in files:
                    continue
                with override(language):
                    address = address_of(name, thing, walk)
                with walk.undone():
                    if page.after:
                        page.after(walk.world)
                    for method in page.methods:
                        response = walk.send(who, method, address, {})
                        if response.status_code == 200 and not is_page(response):
                            files.add(name)
                        yield f"{name}-{thing.replace(' ', '-')}-{who}-{method}", response
    for name in ("account_login", "account_reset_password"):
        with override(language):
            yield name, walk.send(VISITOR, "GET", reverse(name))
    for name in (name for name, signed_in in SIGN_IN_PAGES.items() if signed_in and "download" not in name):
        with override(language):
            yield name, walk.send("north_lead", "GET", reverse(name))


def is_page(response: HttpResponseBase) -> bool:
    return str(response.headers.get("Content-Type", "")).startswith("text/html")


@pytest.mark.parametrize("language", ["en-gb", "cy"])
def test_every_page_is_valid_html(language: str, walk: Walk, tmp_path: Path) -> None:
    said = {}
    for name, response in pages_of(walk, language):
        if response.streaming:
            [close() for close in response._resource_closers]  # (closing the response would end the transaction)
        elif is_page(response) and response.status_code != 302:
            said[name] = read(response)
    assert len(said) > 60
    for name, body in said.items():
        assert f'<html lang="{language}"'.encode() in body or name.startswith("demo_mail_html"), name
        (tmp_path / f"{name}.html").write_bytes(body)
    faults = _faults(tmp_path)
    assert not faults, "\n".join(faults)


def _faults(folder: Path) -> list[str]:
    """What html-validate finds in the pages of `folder`, each fault once with the first page that has it."""
    validate = ROOT / "node_modules" / ".bin" / "html-validate"
    assert validate.exists(), "bin/test installs html-validate with npm"
    shutil.copy(ROOT / ".htmlvalidate.json", folder)
    report = folder / "report.json"  # (through a pipe a long report is cut off)
    command = [validate, "--formatter", f"json={report}", f"{folder}/*.html"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    found: dict[str, str] = {}
    for page in json.loads(report.read_text(encoding="utf-8")):
        for fault in page["messages"]:
            where = f"{Path(page['filePath']).stem}:{fault['line']}:{fault['column']}"
            found.setdefault(f"{fault['ruleId']}: {fault['message']}", where)
    assert done.returncode == 0 or found, done.stderr
    return [f"{where} {what}" for what, where in found.items()]
