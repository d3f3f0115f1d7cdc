"""Writing a mail: in its reader's language, or for people of Welsh forces in both, Welsh first."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string, select_template
from django.utils import translation

WELSH, ENGLISH = "cy", "en-gb"
# The names and facts that a message's templates are given. As a function it is asked once for each language, inside
# it, so that its labels, dates and links are in that language too.
Context = Mapping[str, Any] | Callable[[], Mapping[str, Any]]


@dataclass(frozen=True)
class Recipient:
    """One person to tell. `user_id` is None for somebody who does not sign in."""

    email: str
    name: str = ""
    user_id: int | None = None
    force_id: int | None = None
    telephone: str = ""
    texts: bool = True
    language: str = ENGLISH
    is_of_wales: bool = False

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Recipient":
        """From a row whose name, telephone, texts and language may be null where there is no profile yet."""
        return cls(
            email=row["email"],
            name=row["name"] or row["email"],
            user_id=row["user_id"],
            force_id=row["force_id"],
            telephone=row["telephone"] or "",
            texts=row["texts"] is not False,
            language=row["language"] or ENGLISH,
            is_of_wales=row["is_of_wales"],
        )

    @property
    def languages(self) -> tuple[str, ...]:
        """Somebody of a Welsh force is written to in both (Welsh Language Standards), anybody else in their own."""
        return (WELSH, ENGLISH) if self.is_of_wales else (self.language,)


@dataclass(frozen=True)
class Letter:
    """A mail to be owed: whom, which message ('<app>/<name>', its templates under emails/), and what it names."""

    to: Recipient
    message: str
    key: str
    context: Context


@dataclass(frozen=True)
class Half:
    """A letter in one language: its bare words, and the same with a greeting as text and as HTML."""

    language: str
    subject: str
    body: str
    text: str
    html: str


@dataclass(frozen=True)
class Written:
    """A letter ready to send. `parts` is what the inbox shows: a language, a subject and the bare words each."""

    subject: str
    text: str
    html: str
    parts: list[dict[str, str]]


def write(letter: Letter) -> Written:
    halves = [_half(letter, language) for language in letter.to.languages]
    return Written(
        subject=" / ".join(dict.fromkeys(half.subject for half in halves)),
        text=render_to_string("emails/sheet.txt", {"halves": halves}),
        html=render_to_string("emails/sheet.html", {"halves": halves}),
        parts=[{"language": half.language, "subject": half.subject, "body": half.body} for half in halves],
    )


def _half(letter: Letter, language: str) -> Half:
    """`<name>.subject.txt` and `<name>.txt`; as HTML the same words, where no `<name>.html` says them better."""
    with translation.override(language):
        given = letter.context() if callable(letter.context) else letter.context
        context = {"to": letter.to, **given}
        body = render_to_string(f"emails/{letter.message}.txt", context).strip()
        own_or_plain = [f"emails/{letter.message}.html", "emails/base.html"]
        return Half(
            language=language,
            subject=" ".join(render_to_string(f"emails/{letter.message}.subject.txt", context).split()),
            body=body,
            text=render_to_string("emails/base.txt", {"to": letter.to, "body": body}),
            html=select_template(own_or_plain).render({**context, "body": body}),
        )


def said_in_each(to: Recipient, said: Callable[[], str]) -> list[str]:
    """What `said` gives in each of the reader's languages, without repeats."""
    found = []
    for language in to.languages:
        with translation.override(language):
            found.append(said())
    return list(dict.fromkeys(found))
