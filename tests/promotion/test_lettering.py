"""How large words are set."""

import pytest

from promotion.lettering import FACES, Line, advance, fit, is_printable, unprintable

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


def test_a_word_that_no_size_holds_is_broken() -> None:
    fitted = fit((Line("w" * 400, "text", leading=1.2),), **BOX)
    assert fitted.height <= 20
    assert fitted.size > 1


def test_what_fits_nowhere_gets_the_least_size() -> None:
    assert fit((Line("word " * 3000, "text"),), **BOX).size == 1


@pytest.mark.parametrize("letter", "Aa0ŵŷŴŶâêîôûŁß’“”–…£€")
def test_our_letters_are_printable(letter: str) -> None:
    assert is_printable(letter)


def test_what_has_no_letter_in_our_fonts_is_found_once_each() -> None:
    assert unprintable("Tea 🐕 and\n🐕 שלום cake") == "🐕שלום"


def test_welsh_letters_are_measured_with_the_file_that_has_them() -> None:
    assert advance("ŵ", FACES["text"]) == pytest.approx(advance("w", FACES["text"]), abs=0.05)
