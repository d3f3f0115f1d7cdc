"""Settings of the tests: the real parts, but cheap password hashing and a secret that is no secret."""

import os
from urllib.parse import urlsplit

os.environ.setdefault("SECRET_KEY", "tests-only")
os.environ.setdefault("OK9_COORDINATORS_TELEPHONE", "07700 900999")
os.environ.setdefault("DATABASE_URL", "postgres://ok9_app@127.0.0.1/ok9")

from ok9.settings import *  # noqa: F403

OK9_DEMO = True
SECURE_HTTPS = False
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CELERY_BROKER_URL = "memory://"
# Tests change rows without the actions that renew kept pages; those of the kept pages turn this on.
PUBLIC_PAGES_KEPT_SECONDS = 0
# Each test worker has a cache of its own: one empties it while another counts in it.
_WORKER = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
for _cache in CACHES.values():
    _cache["LOCATION"] = urlsplit(REDIS_URL)._replace(path=f"/{_WORKER}").geturl()
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # (WhiteNoise warns of a folder that is not there)
