"""The table of moves: what it allows, what it says when it refuses, and the database's copy of it."""

import pytest

from core.lifecycle import Lifecycle, Refused

KETTLE = Lifecycle("kettle", {"cold": ("heating",), "heating": ("hot", "cold"), "hot": ("gone_cold",)})


@pytest.mark.parametrize(("current", "wanted"), [("cold", "heating"), ("heating", "cold"), ("hot", "gone_cold")])
def test_a_move_in_the_table_is_allowed(current: str, wanted: str) -> None:
    KETTLE.check(current, wanted, thing="The kettle")


@pytest.mark.parametrize(
    ("current", "wanted"), [("cold", "hot"), ("cold", "cold"), ("gone_cold", "hot"), ("broken", "hot"), ("hot", "")]
)
def test_every_other_move_is_refused(current: str, wanted: str) -> None:
    with pytest.raises(Refused):
        KETTLE.check(current, wanted, thing="The kettle")


def test_the_refusal_is_a_sentence_with_the_things_name() -> None:
    with pytest.raises(Refused) as refused:
        KETTLE.check("cold", "gone_cold", thing="The kettle")
    sentence = "The kettle is cold, so it can't become gone cold now. Somebody may have been quicker."
    assert str(refused.value) == sentence
    assert refused.value.field is None


def test_a_refusal_may_name_a_field() -> None:
    assert Refused("Too hot.", field="degrees").field == "degrees"


def test_the_database_is_given_the_same_moves() -> None:
    trigger = KETTLE.trigger()
    assert trigger.name == "kettle_status_moves"
    assert sorted(trigger.transitions) == [
        ("cold", "heating"), ("heating", "cold"), ("heating", "hot"), ("hot", "gone_cold"),
    ]  # fmt: skip
