"""Markdown made into the house's HTML: tags in it are shown as text, and links lead only where people may go."""

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


def to_html(text: str, *, below: int = 1) -> SafeString:
    """The text as HTML that is safe to show. Its headings begin one level under `below`, and never skip a level."""
    env: dict[str, Any] = {}
    tokens = _PARSER.parse(text, env)
    _settle_headings(tokens, below)
    _settle_tables(tokens)
    for token in tokens:
        if token.type in _CLASSES:
            token.attrSet("class", _CLASSES[token.type])
    # What the renderer writes is escaped, or made of the tokens above.
    return mark_safe(_PARSER.renderer.render(tokens, _PARSER.options, env))


def contents(text: str) -> list[tuple[str, str]]:
    """The headings of the highest level that `to_html` gives a name: the name to link to, and the words."""
    tokens = _PARSER.parse(text)
    _settle_headings(tokens, 1)
    return [(str(token.attrs["id"]), _text_of(after)) for token, after in _pairs(tokens) if _is_heading(token, "h2")]


def first_words(text: str, *, most: int = 155) -> str:
    """The first paragraph without its marks, cut at a word."""
    tokens = _PARSER.parse(text)
    inline = next((after for token, after in _pairs(tokens) if token.type == "paragraph_open"), None)
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


def _pairs(tokens: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
    return pairwise(tokens)


def _text_of(inline: Token) -> str:
    return " ".join("".join(_plain(inline.children or [])).split())


def _plain(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        yield " " if token.type in ("softbreak", "hardbreak") else token.content


def _is_heading(token: Token, level: str) -> bool:
    return token.type == "heading_open" and token.tag == level


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


def _settle_tables(tokens: Sequence[Token]) -> None:
    """Say which cells are headings, and give each other cell its column's name for narrow screens."""
    names: list[str] = []
    column = 0
    for token, after in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "table_open":
            names = []
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open" and after:
            token.attrs = {"scope": "col"}
            names.append(after.content)
        elif token.type == "td_open":
            token.attrs = {"data-label": names[column]} if column else {"scope": "row"}
            token.tag = "td" if column else "th"
        elif token.type == "td_close":
            token.tag = "td" if column else "th"
            column += 1
