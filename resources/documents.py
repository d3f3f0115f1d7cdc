"""The library's own papers: a Markdown text as a tagged PDF."""

from datetime import date

from core.markdown import to_html
from core.pdf import render_pdf


def sheet_pdf(*, title: str, summary: str, markdown: str, on: date) -> bytes:
    """The text as a tagged PDF under its title. HTML in any of the three stays text."""
    text = to_html(markdown, heads_rows=False)
    context = {"title": title, "summary": summary, "text": text, "made": on}
    return render_pdf("pdf/resources/sheet.html", context)
