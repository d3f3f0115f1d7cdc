"""Markdown from people's hands: what it may become, and what it may not."""

import re
import time

import pytest

from core.markdown import contents, first_words, to_html, to_words

# Tags and attributes that nothing a person writes may bring about.
_OURS = re.compile(
    r"</?(p|h[2-6]|ul|ol|li|em|strong|a|code|pre|blockquote|hr|br|table|thead|tbody|tr|th|td)"
    r'( (href|title|class|scope|data-label|id|start)="[^"<>]*")*>'
)


def assert_only_our_tags(html: str) -> None:
    for tag in re.findall(r"<[^>]*>", html):
        assert _OURS.fullmatch(tag), tag
    assert "<" not in re.sub(r"<[^>]*>", "", html)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<style>p {display: none}</style>\n\n<p style='color:red'>x</p>",
        "<!-- <script> -->",
        "<![CDATA[ <b> ]]>",
        "<?php echo 1 ?>",
        "`<b>`",
        "```html\n<script>alert(1)</script>\n```",
        "```\" onload=\"alert(1)\nx\n```",
        "    <b>indented</b>",
        "# <b>Bold</b>",
        "| <b> |\n| --- |\n| <i onclick=x> |",
        '[x](/a "<script>")',
        '[x](https://x.example "<script>")',
        '<a href="https://x.example" onclick="x()">x</a>',
        "<javascript:alert(1)>",
        "&lt;script&gt;",
    ],
)  # fmt: skip
def test_html_is_shown_as_text(text: str) -> None:
    html = to_html(text)
    assert_only_our_tags(re.sub(r'<code class="language-[^"<>]*">', "<code>", html))


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A;avascript&colon;alert(1)",
        "javascript&#58;alert(1)",
        "vbscript:msgbox(1)",
        "data:text/html;base64,PHNjcmlwdD4=",
        "data:image/png;base64,iVBORw0KGgo=",
        "file:///etc/passwd",
        "ftp://example.org/",
        "blob:https://example.org/1",
        "//elsewhere.example/",
    ],
)
@pytest.mark.parametrize("form", ["[words]({})", "[words](<{}>)", "<{}>", "[words][1]\n\n[1]: {}", "![words]({})"])
def test_a_link_that_leads_astray_is_no_link(form: str, address: str) -> None:
    html = to_html(form.format(address))
    assert "href" not in html
    assert "src=" not in html
    assert_only_our_tags(html)


@pytest.mark.parametrize(
    "address",
    ["/questions/#visits", "/cy/", "#part-2", "?page=2", "https://example.org/a?b=1&c=2", "http://example.org",
     "mailto:ok9@example.org", "tel:116123"],
)  # fmt: skip
def test_a_link_to_a_page_a_mail_or_a_telephone_is_one(address: str) -> None:
    assert f'<a href="{address.replace("&", "&amp;")}">words</a>' in to_html(f"[words]({address})")


def test_a_backslash_does_not_lead_to_another_site() -> None:
    html = to_html(r"[words](/\elsewhere.example) and [more](\\/elsewhere.example)")
    assert "\\" not in html.replace("&quot;", "")
    assert 'href="//' not in html


def test_no_picture_is_taken_but_its_words_are() -> None:
    assert to_html("![A dog](https://example.org/dog.png) waits.") == "<p>A dog waits.</p>\n"
    assert to_html("![<b>](/dog.png)") == "<p>&lt;b&gt;</p>\n"


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# One\n\n## Two\n\n# Three", "h2 h3 h2"),
        ("### One\n\n###### Two\n\n### Three", "h2 h3 h2"),
        ("### One\n\n## Two", "h2 h2"),
        ("#### One\n## Two", "h2 h2"),
        ("### One\n##### Two", "h2 h3"),
        ("## One\n#### Two\n### Three", "h2 h3 h3"),
        ("# A\n## B\n### C\n#### D\n##### E\n###### F", "h2 h3 h4 h5 h6 h6"),
    ],
)
def test_headings_begin_below_the_pages_own_and_skip_no_level(text: str, levels: str) -> None:
    html = to_html(text)
    assert re.findall(r"<(h\d)", html) == levels.split()
    assert re.findall(r"</(h\d)", html) == levels.split()


def test_under_a_heading_of_the_page_they_begin_deeper_and_have_no_names() -> None:
    assert to_html("## Part", below=3) == "<h4>Part</h4>\n"


def test_a_table_tells_its_headings_and_names_its_cells_for_narrow_screens() -> None:
    html = to_html("| What | How *long* |\n| --- | --- |\n| Mail | **A** year |")
    assert '<table class="table stacks">' in html
    assert '<th scope="col">What</th>' in html
    assert '<th scope="row">Mail</th>' in html
    assert '<td data-label="How *long*"><strong>A</strong> year</td>' in html


def test_no_cell_of_a_paper_heads_its_row() -> None:
    html = to_html("| What | How long |\n| --- | --- |\n| Mail | A year |", heads_rows=False)
    assert '<td data-label="What">Mail</td>' in html


def test_an_empty_cell_of_a_table_to_write_in_heads_no_row() -> None:
    html = to_html("| Vet | Number |\n| --- | --- |\n|  |  |")
    assert '<td data-label="Vet"></td>\n<td data-label="Number"></td>' in html


def test_a_box_to_tick_is_a_line_of_its_own_kind() -> None:
    assert '<li class="tick">Lead</li>' in to_html("- [ ] Lead")
    assert "<li>[x] Lead</li>" in to_html("- [x] Lead")


def test_the_words_are_what_a_reader_reads() -> None:
    said = to_words("## Kit\n\n- [ ] *Lead* and [collar](https://x.example)\nor harness\n\n| a |\n| - |\n| b |")
    assert said.split() == ["Kit", "Lead", "and", "collar", "or", "harness", "a", "b"]


def test_contents_are_the_headings_of_the_highest_level() -> None:
    text = "## First *part*\n\n### Inner\n\n## Second <b>"
    assert contents(text) == [("part-1", "First part"), ("part-3", "Second <b>")]
    assert '<h2 id="part-3">' in to_html(text)


def test_the_first_words_are_plain_and_cut_at_a_word() -> None:
    assert first_words("## Title\n\nThe *first* [words](/x/)\nof a text.\n\nMore.") == "The first words of a text."
    cut = first_words("word " * 100)
    assert cut.endswith("word …")
    assert len(cut) < 160
    assert first_words("## Only a title") == ""


@pytest.mark.parametrize(
    "text",
    ["\u202eevil\u202c", "a\u200bb", "🐕‍🦺", "x" * 20_000, "[" * 5_000, ">" * 5_000, "*a " * 5_000, "- " * 5_000,
     "`" * 5_000, "\\" * 5_000, "|" * 5_000 + "\n" + "|-" * 2_500, "[a](" * 3_000, "<" * 5_000, "&#0;&#xfffe;",
     "![" * 3_000],
)  # fmt: skip
def test_nothing_that_is_typed_takes_long_or_breaks_it(text: str) -> None:
    began = time.perf_counter()
    assert_only_our_tags(to_html(text))
    assert time.perf_counter() - began < 3
