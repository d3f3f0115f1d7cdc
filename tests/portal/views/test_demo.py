"""The demonstration's mail and texts, and that they exist nowhere else."""

from email.message import EmailMessage
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db
PAGES = ["demo_mail_list", "demo_text_list"]


@pytest.fixture
def letters(settings: object, tmp_path: Path) -> Path:
    settings.DEMO_MAIL_DIR, settings.DEMO_TEXTS_DIR = tmp_path, tmp_path  # type: ignore[attr-defined]
    for number, to in enumerate(("one@example.org", "two@example.org")):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "OK9 <no-reply@ok9.example>", to, f"Offer {number} – žluť 🐕"
        mail["Date"] = "Tue, 24 Nov 2026 08:00:00 +0000"
        mail.set_content("Answer: http://localhost:8000/member/offers/\n<script>alert(1)</script>")
        mail.add_alternative("<p>Answer</p><script>alert(1)</script>", subtype="html")
        (tmp_path / f"{number:020d}-abc.eml").write_bytes(b"X-Delivered-To: %s\r\n" % to.encode() + mail.as_bytes())
    (tmp_path / f"{7:020d}-abc.txt").write_text(
        "07700 900123\n2026-11-24T08:00:00+00:00\nCome to http://localhost:8000/"
    )
    return tmp_path


def test_the_list_is_newest_first_and_can_be_narrowed(client: Client, letters: Path) -> None:
    page = client.get(reverse("demo_mail_list")).content.decode()
    assert page.index("Offer 1 – žluť 🐕") < page.index("Offer 0 – žluť 🐕")
    page = client.get(reverse("demo_mail_list"), {"to": "ONE@"}).content.decode()
    assert "Offer 0" in page
    assert "Offer 1" not in page


def test_a_mail_can_be_read_and_its_links_followed(client: Client, letters: Path) -> None:
    page = client.get(reverse("demo_mail_detail", args=[f"{0:020d}-abc"])).content.decode()
    assert '<a href="http://localhost:8000/member/offers/"' in page
    assert "<script>alert(1)</script>" not in page


def test_the_mails_own_page_runs_nothing(client: Client, letters: Path) -> None:
    answer = client.get(reverse("demo_mail_html", args=[f"{0:020d}-abc"]))
    policy = answer["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_texts_are_listed(client: Client, letters: Path) -> None:
    page = client.get(reverse("demo_text_list")).content.decode()
    assert "07700 900123" in page
    assert '<a href="http://localhost:8000/"' in page


@pytest.mark.parametrize("name", PAGES)
def test_without_a_folder_there_is_nothing_yet(client: Client, settings: object, tmp_path: Path, name: str) -> None:
    settings.DEMO_MAIL_DIR = settings.DEMO_TEXTS_DIR = tmp_path / "none"  # type: ignore[attr-defined]
    assert client.get(reverse(name)).status_code == 200


def test_a_broken_file_breaks_no_page(client: Client, letters: Path) -> None:
    (letters / f"{8:020d}-bad.eml").write_bytes(b"\xff\xfe\x00 not a mail")
    (letters / f"{9:020d}-bad.txt").write_text("07700 900124")
    assert client.get(reverse("demo_mail_list")).status_code == 200
    assert client.get(reverse("demo_text_list")).status_code == 200


def test_outside_the_demonstration_none_of_it_exists(client: Client, letters: Path, settings: object) -> None:
    settings.OK9_DEMO = False  # type: ignore[attr-defined]
    addresses = [reverse(name) for name in PAGES]
    addresses += [reverse(name, args=[f"{0:020d}-abc"]) for name in ("demo_mail_detail", "demo_mail_html")]
    assert {client.get(address).status_code for address in addresses} == {404}


def test_no_other_file_can_be_named(client: Client, letters: Path) -> None:
    assert client.get("/demo/mail/..%2f..%2fetc%2fpasswd/").status_code == 404
    assert client.get(reverse("demo_mail_detail", args=["no-such"])).status_code == 404
    assert client.post(reverse("demo_mail_list")).status_code == 405
