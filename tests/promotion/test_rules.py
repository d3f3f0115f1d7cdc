"""Who may be on a poster, and what no poster says."""

from datetime import datetime, timedelta

import pytest

from core.typed import LONDON
from promotion.rules import check_consent, check_letters, check_surname, check_when, given_name

NOW = datetime(2026, 11, 24, 10, tzinfo=LONDON)
SHOWN = {"has_profile": True, "consent": "given", "is_published": True, "is_tribute": False}


def test_a_published_dog_with_consent_may_be_printed() -> None:
    assert check_consent("Biscuit", **SHOWN) == ""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"has_profile": False, "consent": "", "is_published": False}, "no public page"),
        ({"consent": "none", "is_published": False}, "has not given consent yet"),
        ({"consent": "withdrawn", "is_published": False}, "has withdrawn consent"),
        ({"consent": "withdrawn"}, "has withdrawn consent"),
        ({"consent": ""}, "has not given consent yet"),
        ({"is_published": False}, "not published"),
        ({"is_tribute": True}, "visits no longer"),
        ({"status": "suspended"}, "does not visit at present"),
        ({"status": "prospective"}, "does not visit at present"),
    ],
)
def test_no_other_dog_may(change: dict[str, object], words: str) -> None:
    sentence = check_consent("Biscuit", **(SHOWN | change))  # type: ignore[arg-type]
    assert words in sentence
    assert "Biscuit" in sentence


@pytest.mark.parametrize(
    ("start", "hours", "field"),
    [
        (timedelta(hours=1), 2, ""),
        (timedelta(days=365), 2, ""),
        (-timedelta(minutes=1), 2, "starts_at"),
        (timedelta(days=400), 2, "starts_at"),
        (timedelta(hours=1), 0, "until"),
        (timedelta(hours=1), -1, "until"),
    ],
)
def test_a_visit_is_still_to_come_and_ends_after_it_starts(start: timedelta, hours: int, field: str) -> None:
    begins = NOW + start
    found, sentence = check_when(begins, begins + timedelta(hours=hours), now=NOW)
    assert found == field
    assert bool(sentence) == bool(field)


def test_a_visit_may_have_no_end() -> None:
    assert check_when(NOW + timedelta(days=1), None, now=NOW) == ("", "")


@pytest.mark.parametrize(
    ("name", "first"), [("Hari", "Hari"), ("Hari Tester", "Hari"), ("  Mary-Ann  van Dyke", "Mary-Ann"), ("", "")]
)
def test_only_the_first_name_is_taken(name: str, first: str) -> None:
    assert given_name(name) == first


@pytest.mark.parametrize(
    "text",
    [
        "Ask for Hari Kent at the desk", "ask for HARI  KENT", "PC Kent brings him", "Sgt. Kent", "H. Kent",
        "Hari, Kent", "with Hari\nKent", "Ask for constable kent.", "Hari J. Kent", "Hari A Kent", "H Kent",
        "Kent, Hari", "Hari-Kent", "Hari_Kent", "@HariKent", "Harikent", "Handler Kent", "WPC Kent’s dog",
    ],
)  # fmt: skip
def test_a_text_that_tells_the_surname_is_refused(text: str) -> None:
    assert "Kent" in check_surname(text, ["Dan Other", "Hari Kent"], places={"kent"})


@pytest.mark.parametrize(
    "text",
    [
        "Phil J. Cooper", "Phil A Cooper", "P Cooper", "Cooper, Phil", "Philip Cooper", "Phil-Cooper", "Phil_Cooper",
        "@PhilCooper", "Handler Cooper", "WPC Cooper", "Cooper’s dog", "COOPER", "PhilCooper", "cooper", "Côoper",
    ],
)  # fmt: skip
def test_a_surname_that_is_no_word_besides_is_refused_wherever_it_stands(text: str) -> None:
    assert "Cooper" in check_surname(text, ["Phil Cooper"], places={"kent"})


@pytest.mark.parametrize("text", ["Coopers Lane", "the cooperative", "Phil brings him", ""])
def test_a_longer_word_is_another_word(text: str) -> None:
    assert check_surname(text, ["Phil Cooper"]) == ""


@pytest.mark.parametrize("name", ["Sam Hall", "Sam Park", "Sam Ho"])
def test_an_ordinary_word_may_be_a_surname_too(name: str) -> None:
    assert check_surname("Town Hall, car park. Ho ho ho!", [name]) == ""
    assert check_surname(f"Ask for {name}", [name]) != ""


@pytest.mark.parametrize(
    "text", ["Kent Police headquarters", "Hari brings him", "in the Kent room", "Harikenton", "Hari in Kent", ""]
)
def test_a_place_may_be_called_like_a_surname(text: str) -> None:
    assert check_surname(text, ["Hari Kent", "Cher", ""], places={"kent"}) == ""


def test_letters_without_a_font_are_named() -> None:
    assert check_letters("") == ""
    assert "🐕 ≈" in check_letters("🐕≈")
