"""What pages say of people's browsers and of the regions that forces are in."""

from django import template

from accounts.browsers import browser_words
from accounts.regions import region_words

register = template.Library()
register.filter("browser", browser_words)
register.filter("region", region_words)
