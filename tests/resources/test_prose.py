"""Markdown: a few marks become tags, everything else stays text."""

import pytest

from resources.prose import to_html, to_words

EVIL = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](data:text/html,<script>)",
    "[a](vbscript:x)",
    "<javascript:alert(1)>",
    '[a](https://x.example "<script>")',
    "```\n<script>\n```",
    "`<script>`",
    "[x]: javascript:alert(1)\n\n[x]",
    '<a href="https://x.example" onclick="x()">a</a>',
]


@pytest.mark.parametrize("text", EVIL)
def test_nothing_that_runs_comes_out(text: str) -> None:
    html = to_html(text)
    assert "<script" not in html
    assert "<img" not in html
    for scheme in ("javascript:", "vbscript:", "data:"):
        assert f'href="{scheme}' not in html
    assert 'onclick="' not in html


def test_a_picture_is_not_fetched() -> None:
    assert "<img" not in to_html("![a](https://x.example/p.png)")


@pytest.mark.parametrize(
    ("text", "levels"),
    [("# A\n## B\n# C", "232"), ("### A\n##### B", "23"), ("#### A\n## B", "22"), ("## A\n#### B\n### C", "233")],
)
def test_headings_begin_at_two_and_skip_no_level(text: str, levels: str) -> None:
    html = to_html(text)
    assert [html[at + 2] for at in range(len(html)) if html.startswith("<h", at)] == list(levels)
    assert [html[at + 3] for at in range(len(html)) if html.startswith("</h", at)] == list(levels)


def test_a_box_to_tick_and_a_tables_heading() -> None:
    assert '<li class="tick">Lead</li>' in to_html("- [ ] Lead")
    assert '<th scope="col">a</th>' in to_html("| a |\n| - |\n| 1 |")


def test_the_words_are_what_a_reader_reads() -> None:
    said = to_words("## Kit\n\n- [ ] *Lead* and [collar](https://x.example)\nor harness\n\n| a |\n| - |\n| b |")
    assert said.split() == ["Kit", "Lead", "and", "collar", "or", "harness", "a", "b"]
