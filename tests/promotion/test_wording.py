"""What a poster says, in which language, and where its code leads."""

from dataclasses import replace

import pytest
from pytest_django.fixtures import Settings

from promotion.wording import copy_for, example, languages, profile_address
from tests.factories.promotion import BISCUIT, wishes


def test_it_says_the_day_in_its_own_language() -> None:
    english, welsh = copy_for(BISCUIT, wishes()), copy_for(BISCUIT, wishes(language="cy"))
    assert english.first.date == "Thursday 26 November"
    assert english.times == "10:00 to 12:00"
    assert welsh.first.date == "Dydd Iau 26 Tachwedd"
    assert welsh.first.lang == "cy"
    assert english.second is welsh.second is None


def test_a_postcode_stays_whole() -> None:
    copy = copy_for(BISCUIT, wishes(place="Carbrook Hall, S9 2EH", message="Park at BS1 4ab, room B2 7."))
    assert copy.place == "Carbrook Hall, S9\u00a02EH"
    assert copy.message == "Park at BS1\u00a04ab, room B2 7."


def test_both_languages_share_the_clock() -> None:
    copy = copy_for(BISCUIT, wishes(language="both"))
    assert [voice.lang for voice in copy.voices] == ["en-gb", "cy"]
    assert copy.times == "10:00–12:00"
    assert copy_for(BISCUIT, wishes(language="both", ends_at=None)).times == "10:00"


def test_welsh_stands_first_in_wales() -> None:
    assert languages("both", "Wales") == ("cy", "en-gb")
    assert languages("both", "England") == ("en-gb", "cy")
    assert languages("en-gb", "Wales") == ("en-gb",)


@pytest.mark.parametrize(
    ("slug", "lang", "path"),
    [("biscuit", "en-gb", "/dogs/biscuit/"), ("biscuit", "cy", "/cy/dogs/biscuit/"), ("", "cy", "/cy/dogs/")],
)
def test_the_code_leads_to_the_page_in_the_right_language(settings: Settings, slug: str, lang: str, path: str) -> None:
    settings.OK9_ADDRESS = "https://ok9.example"
    assert profile_address(slug, lang) == f"https://ok9.example{path}"


def test_a_name_too_long_for_the_codes_card_is_left_out_there() -> None:
    scans = [copy_for(replace(BISCUIT, name=name), wishes()).first.scan for name in ("Bo" * 12, "Bo" * 12 + "b")]
    assert scans == ["Meet " + "Bo" * 12, "See my page"]


def test_the_handler_is_a_first_name() -> None:
    subject = BISCUIT.__class__(**{**BISCUIT.__dict__, "handler": "Hari Kent"})
    assert copy_for(subject, wishes()).first.alone == "with Hari"
    nobody = BISCUIT.__class__(**{**BISCUIT.__dict__, "handler": ""})
    assert copy_for(nobody, wishes()).first.alone == ""


def test_without_a_day_it_is_a_blank_one() -> None:
    assert copy_for(BISCUIT, wishes(starts_at=None, ends_at=None)).is_blank
    start = wishes().starts_at
    assert start
    assert not copy_for(BISCUIT, example("ball", "en-gb", now=start)).is_blank
