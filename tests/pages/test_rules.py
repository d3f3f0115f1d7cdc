"""How two versions of a text differ."""

import time

from pages.rules import difference, shortened


def told(before: str, after: str) -> list[list[tuple[str, str]]]:
    return [[(part.kind, part.text) for part in line.parts] for line in difference(before, after)]


def test_a_word_that_changed_is_marked_by_itself() -> None:
    assert told("The dog sits down.", "The dog lies down.") == [
        [("kept", "The dog "), ("removed", "sits "), ("added", "lies "), ("kept", "down.")]
    ]


def test_lines_that_came_and_went_are_marked_whole() -> None:
    assert told("One\nTwo", "One\nTwo\nThree") == [[("kept", "One")], [("kept", "Two")], [("added", "Three")]]
    assert told("One\nTwo", "Two") == [[("removed", "One")], [("kept", "Two")]]
    assert told("", "One") == [[("added", "One")]]


def test_far_from_a_change_lines_are_left_out() -> None:
    before = "\n".join(str(number) for number in range(9))
    lines = shortened(difference(before, before.replace("4", "four")))
    assert [line and "".join(part.text for part in line.parts) for line in lines] == [None, "3", "4four", "5", None]


def test_a_text_that_changed_everywhere_is_compared_quickly() -> None:
    began = time.perf_counter()
    assert difference("a b " * 5000, "c d " * 5000)
    assert difference("a b\n" * 5000, "c d\n" * 5000)
    assert time.perf_counter() - began < 3
