"""The project: settings, the site map, and the processes that serve it."""

from ok9.celery import app as celery_app

__all__ = ["celery_app"]
