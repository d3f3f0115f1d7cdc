"""A PDF's words: read, limited, refused."""

import pytest

from core import pdf_words
from core.lifecycle import Refused
from core.pdf import render_pdf
from core.pdf_words import read_pdf
from tests.core.test_pdf import CONTEXT
from tests.factories.files import pdf_bytes


@pytest.fixture(scope="module")
def paper() -> bytes:
    return render_pdf("pdf/deployments/briefing.html", CONTEXT)


def test_the_words_and_the_length(paper: bytes) -> None:
    words = read_pdf(paper)
    assert words.pages == 1
    assert "Heddlu Ŵyn" in words.text
    assert "A quiet room." in words.text


def test_a_page_without_words() -> None:
    assert read_pdf(pdf_bytes()) == pdf_words.Words(pages=1, text="")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\0" * 500, pdf_bytes(password="x")])
def test_what_can_not_be_opened_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(Refused, match="can't be read") as refused:
        read_pdf(content)
    assert refused.value.field == "file"


def test_no_more_is_read_than_the_limits_say(paper: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_words, "MOST_CHARACTERS", 20)
    assert 0 < len(read_pdf(paper).text) <= 20
    monkeypatch.setattr(pdf_words, "MOST_PAGES", 0)
    assert read_pdf(paper) == pdf_words.Words(pages=1, text="")
    monkeypatch.undo()
    monkeypatch.setattr(pdf_words, "MOST_SECONDS", -1.0)
    assert read_pdf(paper) == pdf_words.Words(pages=1, text="")
