"""What a session's page says of a browser."""

from django import template

from accounts.browsers import browser_words

register = template.Library()
register.filter("browser", browser_words)
