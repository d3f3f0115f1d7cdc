"""The WSGI entry point. Refuses to serve with a database role that could climb the tenant wall."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ok9.settings")

application = get_wsgi_application()

# These need the settings that the line above loads. The site map is read now, not by the first visitor's request.
import ok9.urls  # noqa: E402, F401
from core.tenancy import refuse_strong_role  # noqa: E402

refuse_strong_role()
