"""The Welsh of pages and mails: each text has one, naming the same values, and what is compiled is what is written."""

import gettext
import re
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "locale" / "cy" / "LC_MESSAGES"
_ENTRY = re.compile(
    r'((?:^#.*\n)*)^msgid ((?:".*"\n)+)(?:msgid_plural ((?:".*"\n)+))?((?:^msgstr.*\n(?:".*"\n)*)+)', re.MULTILINE
)
_TEXT = re.compile(r'^"(.*)"$|^msgstr(?:\[\d\])? "(.*)"$', re.MULTILINE)
_VALUE = re.compile(r"%\(\w+\)[sd]|%[sd]")


def _joined(lines: str) -> str:
    return "".join(part for found in _TEXT.findall(lines) for part in found)


def _entries() -> list[tuple[str, str, str, list[str]]]:
    """Each text: its flags, its English, its plural, and its Welsh in all its forms."""
    written = FOLDER.joinpath("django.po").read_text(encoding="utf-8")
    rows = []
    for flags, english, plural, welsh in _ENTRY.findall(written):
        forms = [_joined(form) for form in re.split(r"^(?=msgstr)", welsh, flags=re.MULTILINE) if form]
        rows.append((flags, _joined(english), _joined(plural), forms))
    return [row for row in rows if row[1]]


def test_every_text_has_its_welsh() -> None:
    missing = [english for flags, english, _plural, forms in _entries() if "fuzzy" in flags or not all(forms)]
    assert not missing, f"{len(missing)} without Welsh (bin/messages gathers them): {missing[:10]}"


def test_the_welsh_names_the_same_values() -> None:
    wrong = []
    for _flags, english, plural, forms in _entries():
        values = set(_VALUE.findall(english + plural))
        for form in forms:
            named = set(_VALUE.findall(form))
            if named - values or (not plural and named != values):
                wrong.append((english, form))
    assert wrong == []


def test_what_is_compiled_is_what_is_written() -> None:
    with FOLDER.joinpath("django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for _flags, english, plural, forms in _entries():
        source = english.encode().decode("unicode_escape").encode("latin-1").decode()
        told = compiled.ngettext(source, plural, 1) if plural else compiled.gettext(source)
        assert told == forms[0].encode().decode("unicode_escape").encode("latin-1").decode(), english
