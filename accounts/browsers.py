"""What a browser says of itself, in words that its owner knows."""

from django.utils.translation import gettext as _

# The first that is found: most browsers call themselves by the names of others as well.
_BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_MACHINES = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("CrOS", "Chromebook"),
    ("Mac OS X", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def browser_words(user_agent: str) -> str:
    """'Safari, iPhone'; what is not known is left out."""
    found = [next((name for mark, name in marks if mark in user_agent), "") for marks in (_BROWSERS, _MACHINES)]
    return ", ".join(filter(None, found)) or _("A browser that does not say which")
