"""What people type and how forms show it again."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from core import typed
from core.forms import (
    DayField,
    HouseForm,
    IdempotentForm,
    LineField,
    MomentField,
    PostcodeField,
    StoryField,
    TelephoneField,
)


class Visit(IdempotentForm):
    name = LineField(label="Your name", max_length=20)
    starts_at = MomentField(label="When", help_text="For example, 9 12 2026, 09:30")
    until = DayField(label="Until", required=False)
    postcode = PostcodeField(label="Postcode", required=False)
    telephone = TelephoneField(label="Telephone", required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("a", "Event"), ("b", "Visit")], widget=forms.RadioSelect)
    story = StoryField(label="Story", max_length=200, required=False)
    secret = forms.CharField(widget=forms.PasswordInput, required=False)


def filled(**changes: str) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(
        {
            "key": "4e1d9ff2-15a4-4be5-a3df-2a52b4d2d2b1",
            "name": "Ann",
            "starts_at_day": "9",
            "starts_at_month": "12",
            "starts_at_year": "2026",
            "starts_at_time": "9.30",
            "kind": "a",
            **changes,
        }
    )
    return data


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9", time(9)), ("9.30", time(9, 30)), ("0930", time(9, 30)), ("930", time(9, 30)), ("9:30pm", time(21, 30)),
        ("9 pm", time(21)), ("12am", time(0)), ("12 p.m.", time(12)), ("noon", time(12)), ("midnight", time(0)),
        ("23:59", time(23, 59)), ("24:00", None), ("9:60", None), ("13pm", None), ("0am", None), ("soon", None),
        ("", None),
    ],
)  # fmt: skip
def test_times_are_read_as_people_write_them(text: str, expected: time | None) -> None:
    assert typed.read_time(text) == expected


@given(st.text(max_size=40))
def test_no_text_breaks_a_reader(text: str) -> None:
    typed.read_time(text)
    typed.read_day(text, text, text)
    typed.read_postcode(text)
    typed.read_telephone(text)
    assert typed.tidy_line(typed.tidy_line(text)) == typed.tidy_line(text)
    assert typed.tidy_lines(typed.tidy_lines(text)) == typed.tidy_lines(text)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("9", "12", "2026"), date(2026, 12, 9)), ((" 09", "Dec", "26"), date(2026, 12, 9)),
        (("29", "2", "2028"), date(2028, 2, 29)), (("29", "2", "2027"), None), (("31", "13", "2026"), None),
        (("1", "1", "0000"), None), (("x", "1", "2026"), None), (("²", "1", "2026"), None),
    ],
)  # fmt: skip
def test_days_exist_or_are_refused(parts: tuple[str, str, str], expected: date | None) -> None:
    assert typed.read_day(*parts) == expected


def test_the_hour_that_the_clocks_skip_is_refused_with_a_sentence() -> None:
    form = Visit(filled(starts_at_day="28", starts_at_month="3", starts_at_year="2027", starts_at_time="1:30"))
    assert not form.is_valid()
    assert "clocks go forward" in form.errors["starts_at"][0]


def test_of_the_hour_that_comes_twice_the_first_is_meant() -> None:
    form = Visit(filled(starts_at_day="31", starts_at_month="10", starts_at_year="2027", starts_at_time="1:30"))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["starts_at"].astimezone(UTC) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_a_moment_is_in_london_and_is_shown_again_as_typed_parts() -> None:
    form = Visit(filled(starts_at_month="7"))
    assert form.is_valid(), form.errors
    moment = form.cleaned_data["starts_at"]
    assert moment.astimezone(UTC) == datetime(2026, 7, 9, 8, 30, tzinfo=UTC)
    assert form.fields["starts_at"].widget.decompress(moment) == ["9", "7", "2026", "09:30"]


def test_a_moment_of_the_hour_that_comes_twice_equals_itself_and_hours_are_counted() -> None:
    moment = typed.in_london(date(2026, 10, 25), time(1, 30))
    assert moment == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    spring = typed.in_london(date(2027, 3, 28), time(6))
    assert spring
    assert spring - timedelta(hours=6) == datetime(2027, 3, 27, 23, tzinfo=UTC)


def test_a_missing_part_is_named() -> None:
    form = Visit(filled(starts_at_month="", starts_at_time=""))
    assert form.errors["starts_at"] == ["When must include: month, time."]


def test_an_empty_optional_day_is_none() -> None:
    form = Visit(filled())
    assert form.is_valid(), form.errors
    assert form.cleaned_data["until"] is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("s12he", "S1 2HE"),
        ("EC1A 1BB", "EC1A 1BB"),
        ("s1", "S1"),
        ("w1a0ax", "W1A 0AX"),
        (" S1 2HE ", "S1 2HE"),
        ("m60 1nw", "M60 1NW"),
        ("sw1a1aa", "SW1A 1AA"),
        ("SW1A", "SW1A"),
        ("cf10", "CF10"),
        ("S1 2", "S1"),
        ("ph1-5", "PH1"),
        *((wrong, None) for wrong in ("", "12345", "S", "S1 2H", "S1 2HEE", "🐕", "S1; drop table", "SWW1 1AA")),
        ("nowhere", None),
        ("S1 2CE", None),
    ],
)
def test_postcodes_are_spelt_as_usual(text: str, expected: str | None) -> None:
    assert typed.read_postcode(text) == expected


@pytest.mark.parametrize(
    ("text", "fine"), [("07700 900123", True), ("+44 (0)7700-900123", True), ("ring me", False), ("123", False)]
)
def test_telephone_numbers_have_a_plausible_shape(text: str, fine: bool) -> None:
    assert Visit(filled(telephone=text)).is_valid() is fine


def test_invisible_characters_go_and_emoji_stay() -> None:
    assert typed.tidy_line("Ann\u200b \u202eSmith\ufeff\x07") == "Ann Smith"
    assert typed.tidy("👩‍🚒 a\u200db ❤️") == "👩‍🚒 ab ❤️"
    assert typed.tidy("e\u0301") == "é"


def test_what_was_typed_is_shown_again_clean_and_escaped() -> None:
    form = Visit(filled(name="  <b>Ann</b>\u200b  ", starts_at_day="99"))
    assert not form.is_valid()
    assert "&lt;b&gt;Ann&lt;/b&gt;&quot;" not in str(form)
    assert 'value="&lt;b&gt;Ann&lt;/b&gt;"' in str(form)
    assert 'value="99"' in str(form)


def test_a_nul_is_refused_and_never_reaches_the_database() -> None:
    form = Visit(filled(name="A\x00nn"))
    assert not form.is_valid()
    assert "name" in form.errors


def test_a_story_that_is_too_long_says_by_how_much() -> None:
    form = Visit(filled(story="x" * 201))
    assert form.errors["story"] == ["Write at most 200 characters. This has 201."]


def test_a_story_counts_a_line_end_once_and_squeezes_empty_lines() -> None:
    form = Visit(filled(story="one  \r\n\r\n\r\n\r\ntwo"))
    assert form.is_valid(), form.errors
    assert form.cleaned_data["story"] == "one\n\ntwo"


def test_a_long_text_is_refused_beside_its_field_and_not_cut_by_the_browser() -> None:
    form = Visit(filled(name="x" * 21))
    assert "20" in form.errors["name"][0]
    assert "maxlength" not in str(form).replace('data-maxlength="200"', "")


def test_a_password_is_left_as_typed() -> None:
    form = Visit(filled(secret="a  b\u200bc"))
    assert form.data["secret"] == "a  b\u200bc"


def test_an_error_is_linked_to_its_field_from_both_ends() -> None:
    form = Visit(filled(name="", starts_at_day="", kind="zz"))
    page = str(form)
    assert form["name"].error_target == "id_name"
    assert form["starts_at"].error_target == "id_starts_at_0"
    assert form["kind"].error_target == "id_kind_0"
    assert 'id="id_starts_at_0"' in page
    assert 'id="id_kind_0"' in page
    assert 'aria-describedby="id_starts_at_helptext id_starts_at_error"' in page
    assert 'aria-invalid="true" aria-describedby="id_name_error"' in page
    assert form.errors["name"] == ["Fill in “Your name”."]


def test_the_key_is_kept_while_it_is_good_and_renewed_when_it_is_not() -> None:
    good, bad, missing = Visit(filled(name="")), Visit(filled(key="rubbish")), Visit(QueryDict("name=Ann"))
    assert "4e1d9ff2-15a4-4be5-a3df-2a52b4d2d2b1" in str(good["key"])
    assert "rubbish" not in str(bad["key"])
    assert not bad.is_valid()
    assert "key" in missing.errors
    assert str(Visit()["key"]) != str(Visit()["key"])


def test_a_form_may_have_a_prefix_and_plain_data() -> None:
    class Small(HouseForm):
        name = LineField()

    form = Small({"a-name": " Ann   Smith "}, prefix="a")
    assert form.is_valid()
    assert form.cleaned_data == {"name": "Ann Smith"}


def test_errors_are_summed_up_once_and_link_to_their_fields() -> None:
    form = Visit(filled(name="", starts_at_day=""))
    first, second = (render_to_string("components/error_summary.html", {"form": form}) for _ in range(2))
    assert '<a href="#id_name">Fill in “Your name”.</a>' in first
    assert '<a href="#id_starts_at_0">' in first
    assert not second.strip()
    assert not render_to_string("components/error_summary.html", {"form": Visit()}).strip()
