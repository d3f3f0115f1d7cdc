"""The WSGI entry point. Refuses to serve with a database role that could climb the tenant wall."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ok9.settings")

application = get_wsgi_application()

from core.tenancy import refuse_strong_role  # noqa: E402  (needs the settings that the line above loads)

refuse_strong_role()
