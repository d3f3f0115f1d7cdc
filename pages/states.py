"""What kinds of text and enquiry there are, and who may read which."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """A page has a fixed address of its own; answers stand together on one page; news is read by its date."""

    PAGE = "page", _("Page")
    QUESTION = "question", _("Question and answer")
    NEWS = "news", _("News")


class Audience(models.TextChoices):
    PUBLIC = "public", _("Everybody, on the public site")
    MEMBERS = "members", _("Members, after signing in")


class Group(models.TextChoices):
    """The parts of the page of questions, in their order."""

    DOGS = "dogs", _("The dogs")
    VISITS = "visits", _("A visit")
    SUPPORT = "support", _("Asking for support")
    SCHEMES = "schemes", _("Starting a scheme")


class EnquiryKind(models.TextChoices):
    SCHEME = "scheme", _("Start a wellbeing dog scheme")
    JOIN = "join", _("Join the network with a scheme we have")
    OTHER = "other", _("Something else")
