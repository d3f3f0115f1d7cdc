"""Markdown as safe HTML and as plain words. HTML in it stays text, pictures are not fetched."""

from typing import Any

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_TICK = "[ ] "


def to_html(text: str) -> SafeString:
    """The text as HTML below a page's own headline. Only the reader of Markdown makes tags; what was typed has none."""
    return mark_safe(_READER.render(text))


def to_words(text: str) -> str:
    """What a reader reads, without the marks: for the search."""
    return "\n".join("".join(map(_said, token.children)) for token in _READER.parse(text) if token.children)


def _said(part: Token) -> str:
    return " " if part.type in ("softbreak", "hardbreak") else part.content


def _lower_headings(state: StateCore) -> None:
    """The page has its own h1: the text begins at h2 and skips no level, whatever its writer did."""
    headings = [token for token in state.tokens if token.type in ("heading_open", "heading_close")]
    highest = min((int(token.tag[1]) for token in headings), default=1)
    before = 1
    for token in headings:
        if token.type == "heading_open":
            before = min(int(token.tag[1]) - highest + 2, before + 1, 6)
        token.tag = f"h{before}"


def _mark_boxes(state: StateCore) -> None:
    """'- [ ] Lead and collar' is a line with a box to tick on paper."""
    for item, _paragraph, line in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        first = line.children[0] if line.children else None
        if item.type == "list_item_open" and first and first.content.startswith(_TICK):
            first.content = first.content.removeprefix(_TICK)
            item.attrSet("class", "tick")


def _open_header(self: Any, tokens: list[Token], at: int, options: Any, env: Any) -> str:
    """A table's heading says that it heads a column: a screen reader asks."""
    tokens[at].attrSet("scope", "col")
    return str(self.renderToken(tokens, at, options, env))


def _open_link(self: Any, tokens: list[Token], at: int, options: Any, env: Any) -> str:
    tokens[at].attrSet("rel", "noopener noreferrer")
    return str(self.renderToken(tokens, at, options, env))


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    reader.core.ruler.push("lower_headings", _lower_headings)
    reader.core.ruler.push("mark_boxes", _mark_boxes)
    reader.add_render_rule("th_open", _open_header)
    reader.add_render_rule("link_open", _open_link)
    return reader


_READER = _reader()
