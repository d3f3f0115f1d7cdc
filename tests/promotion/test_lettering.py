"""How large words are set."""

import pytest

from promotion.lettering import FACES, LEFT_TO_RIGHT, Line, _width, advance, fit, is_printable, ordinary, unprintable

BOX = {"width": 50.0, "height": 20.0, "most": 10.0, "least": 1.0}


def test_short_words_are_as_large_as_the_box_allows() -> None:
    assert fit((Line("Bo", "display", leading=1),), **BOX).size == 10


def test_a_stack_stays_in_its_box() -> None:
    lines = (Line("Biscuit is coming in.", "display", leading=0.9), Line("Drop in. " * 20, "text", 0.4, 1.4, 0.2))
    fitted = fit(lines, **BOX)
    assert fitted.height <= 20
    assert 1 <= fitted.size < 10


def test_a_word_is_not_broken_while_a_smaller_size_holds_it() -> None:
    size = fit((Line("Incomprehensibility", "bold", leading=1),), **BOX).size
    assert sum(advance(letter, FACES["bold"]) for letter in "Incomprehensibility") * size <= 50


def test_no_line_breaks_at_a_space_that_holds() -> None:
    box = {"width": 2.6, "height": 9.0, "most": 1.0, "least": 0.3}
    assert fit((Line("S9 2EH", "bold", leading=1),), **box).size == 1
    assert fit((Line("S9\u00a02EH", "bold", leading=1),), **box).size < 0.9


def test_a_word_that_no_size_holds_is_broken() -> None:
    fitted = fit((Line("w" * 400, "text", leading=1.2),), **BOX)
    assert fitted.height <= 20
    assert fitted.size > 1


def test_a_word_that_would_make_all_of_it_tiny_is_broken() -> None:
    lines = (Line("Bartholomew" * 5, "display", leading=1), Line("Drop in.", "text", 0.3))
    assert fit(lines, **BOX).size > 2.5


def test_what_fits_nowhere_gets_the_least_size() -> None:
    assert fit((Line("word " * 600, "text"),), **BOX).size == 1


@pytest.mark.parametrize("letter", "Aa0ŵŷŴŶâêîôûŁß’“”–…£€")
def test_our_letters_are_printable(letter: str) -> None:
    assert is_printable(letter)


def test_what_has_no_letter_in_our_fonts_is_found_once_each() -> None:
    assert unprintable("Tea 犬 and\n犬 n\u0323o cake") == ["犬", "◌\u0323"]


def test_what_word_processors_put_in_is_made_ordinary() -> None:
    typed = "drop\u2011in, 10\u22125, 5′, ﬁne"
    assert ordinary(typed) == "drop-in, 10–5, 5’, fine"
    assert unprintable(ordinary(typed)) == []


@pytest.mark.parametrize(
    ("words", "least", "most"), [("👨\u200d👩\u200d👧", 1, 1.4), ("🇬🇧🇬🇧", 2, 2.8), ("👮🏽\u200d♀️", 1, 1.4)]
)
def test_the_parts_of_one_emoji_are_measured_together(words: str, least: float, most: float) -> None:
    assert least < _width(words, FACES["text"]) < most


@pytest.mark.parametrize(
    "words",
    [
        "🐕🐾☕🎂",
        "👮🏽\u200d♀️",
        "1️⃣",
        "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f",
        "مرحبا بكم",
        "שלום",
    ],
)
def test_emoji_and_what_runs_right_to_left_are_printable(words: str) -> None:
    assert unprintable(words) == []


@pytest.mark.parametrize(
    ("words", "runs_left"),
    [
        ("Tea", False),
        ("مرحبا", True),
        ("10:30, שלום", True),
        ("Tea مرحبا", False),
        ("🐕 10", False),
        (f"{LEFT_TO_RIGHT}10, שלום", False),
    ],
)
def test_the_first_letter_tells_where_a_line_begins(words: str, runs_left: bool) -> None:
    assert Line(words).runs_left is runs_left


def test_a_sentence_of_the_house_runs_from_left_to_right_whatever_name_begins_it() -> None:
    assert not Line("ביסקוויט is coming in.", lang="en-gb").runs_left


@pytest.mark.parametrize("face", FACES)
def test_an_emoji_is_about_as_wide_as_it_is_high(face: str) -> None:
    assert 1 < advance("🐕", FACES[face]) < 1.5


def test_welsh_letters_are_measured_with_the_file_that_has_them() -> None:
    assert advance("ŵ", FACES["text"]) == pytest.approx(advance("w", FACES["text"]), abs=0.05)
