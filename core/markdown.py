"""Markdown made into the house's HTML and into plain words. Tags in it are shown as text, pictures are left out, and
links lead only where people may go.
"""

import re
from collections.abc import Iterator, MutableMapping, Sequence
from itertools import pairwise
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

_SCHEME = re.compile(r"[a-z][a-z0-9+.\-]*:", re.IGNORECASE)
_FOLLOWED = {"http:", "https:", "mailto:", "tel:"}
_CLASSES = {"table_open": "table stacks", "blockquote_open": "govuk-inset-text"}
_DEEPEST = 6
_TICK = "[ ] "


def to_html(text: str, *, below: int = 1, heads_rows: bool = True) -> SafeString:
    """The text as HTML that is safe to show. Its headings begin one level under `below`, and never skip a level.

    `heads_rows`: the first cell of a table's row heads it, as narrow screens want it. Papers have sheets to fill in.
    """
    tokens = _read(text, below=below, heads_rows=heads_rows)
    # What the renderer writes is escaped, or made of the tokens above.
    return mark_safe(_PARSER.renderer.render(tokens, _PARSER.options, {}))


def to_words(text: str) -> str:
    """What a reader reads, without the marks: for a search."""
    return "\n".join("".join(_plain(token.children)) for token in _read(text) if token.children)


def contents(text: str) -> list[tuple[str, str]]:
    """The headings of the highest level that `to_html` gives a name: the name to link to, and the words."""
    pairs = pairwise(_read(text))
    highest = ((token, after) for token, after in pairs if token.type == "heading_open" and token.tag == "h2")
    return [(str(token.attrs["id"]), _text_of(after)) for token, after in highest]


def first_words(text: str, *, most: int = 155) -> str:
    """The first paragraph without its marks, cut at a word."""
    inline = next((after for token, after in pairwise(_read(text)) if token.type == "paragraph_open"), None)
    words = _text_of(inline) if inline else ""
    return words if len(words) <= most else f"{words[:most].rsplit(' ', 1)[0]} …"


def _leads_somewhere(address: str) -> bool:
    """Whether a link may lead there: another site, a mail, a telephone, or a page of ours; never `//elsewhere`."""
    found = _SCHEME.match(address.strip())
    return found[0].lower() in _FOLLOWED if found else not address.strip().startswith("//")


def _words_of_picture(
    renderer: RendererProtocol,
    tokens: Sequence[Token],
    index: int,
    options: OptionsDict,
    env: MutableMapping[str, Any],
) -> str:
    """Pictures are not taken in texts: their description is."""
    return escapeHtml(tokens[index].content)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable("table")
    parser.validateLink = _leads_somewhere  # type: ignore[method-assign, assignment]
    parser.add_render_rule("image", _words_of_picture)
    return parser


_PARSER = _parser()


def _read(text: str, *, below: int = 1, heads_rows: bool = True) -> Sequence[Token]:
    tokens = _PARSER.parse(text)
    _settle_headings(tokens, below)
    _settle_tables(tokens, heads_rows)
    _settle_boxes(tokens)
    for token in tokens:
        if token.type in _CLASSES:
            token.attrSet("class", _CLASSES[token.type])
    return tokens


def _text_of(inline: Token) -> str:
    return " ".join("".join(_plain(inline.children or [])).split())


def _plain(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        yield " " if token.type in ("softbreak", "hardbreak") else token.content


def _settle_headings(tokens: Sequence[Token], below: int) -> None:
    """Number the headings by what stands above them, whatever the writer chose, and name them where they can be."""
    above: list[str] = []
    number = 0
    for token in tokens:
        if token.type == "heading_open":
            number += 1
            written = token.tag
            while above and above[-1] >= written:
                above.pop()
            above.append(written)
            if below == 1:  # a page has one such text, so its headings can be linked to
                token.attrSet("id", f"part-{number}")
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(below + len(above), _DEEPEST)}"


def _settle_tables(tokens: Sequence[Token], heads_rows: bool) -> None:
    """Say which cells are headings, and give each other cell its column's name for narrow screens.

    An empty first cell heads nothing: tables to write in have those.
    """
    names: list[str] = []
    column, tag = 0, "td"
    for token, inline in pairwise(tokens):
        if token.type == "table_open":
            names = []
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            token.attrs = {"scope": "col"}
            names.append(inline.content)
        elif token.type == "td_open":
            heads = heads_rows and not column and inline.content
            token.attrs = {"scope": "row"} if heads else {"data-label": names[column]}
            tag = token.tag = "th" if heads else "td"
        elif token.type == "td_close":
            token.tag = tag
            column += 1


def _settle_boxes(tokens: Sequence[Token]) -> None:
    """'- [ ] Water' is a line with a box to tick on paper."""
    for item, _paragraph, line in zip(tokens, tokens[1:], tokens[2:], strict=False):
        first = line.children[0] if line.children else None
        if item.type == "list_item_open" and first and first.content.startswith(_TICK):
            first.content = first.content.removeprefix(_TICK)
            item.attrSet("class", "tick")
