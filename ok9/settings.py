"""One settings file, driven by the environment. `OK9_DEMO=on` is the demonstration; production sets the rest."""

from base64 import b64encode
from datetime import time
from hashlib import sha256
from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _
from redis.backoff import NoBackoff
from redis.retry import Retry

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
OK9_HOME = Path(env.str("OK9_HOME", default=str(BASE_DIR / ".ok9")))

OK9_DEMO = env.bool("OK9_DEMO", default=False)
# So many member forces are invented for the demonstration; 0: all of them.
OK9_DEMO_MEMBERS = env.int("OK9_DEMO_MEMBERS", default=0)
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# The address that mails link to, without a slash at the end.
OK9_ADDRESS = env.str("OK9_ADDRESS", default="http://localhost:8000").rstrip("/")
# The coordinators' telephone, answered day and night; shown on receipts, error pages and the offline note. Only a
# demonstration has one that nobody answers: everywhere else it must be set.
_ANSWERED_BY_NOBODY = {"default": "07700 900999"} if OK9_DEMO or DEBUG else {}
OK9_COORDINATORS_TELEPHONE = env.str("OK9_COORDINATORS_TELEPHONE", **_ANSWERED_BY_NOBODY)

INSTALLED_APPS = [
    "portal",
    "deployments",
    "assessments",
    "resources",
    "promotion",
    "pages",
    "dogs",
    "network",
    "accounts",
    "notifications",
    "audit",
    "core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "django_cotton.apps.SimpleAppConfig",
    "pgtrigger",
    "csp",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "core.middleware.PackingMiddleware",
    "core.page_cache.PageCacheMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "core.middleware.SafetyHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "core.middleware.ButtonAddressMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "accounts.middleware.TenancyMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "accounts.middleware.UnsentMiddleware",
]

ROOT_URLCONF = "ok9.urls"
WSGI_APPLICATION = "ok9.wsgi.application"

_LOADERS = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "portal.furniture.furniture",
            ],
            "builtins": ["django_cotton.templatetags.cotton", "django.templatetags.i18n"],
            "loaders": [("django.template.loaders.cached.Loader", ["django_cotton.cotton_loader.Loader", *_LOADERS])],
        },
    },
]
COTTON_DIR = "components"
FORM_RENDERER = "core.forms.HouseRenderer"

DATABASES = {
    "default": {
        **env.db_url("DATABASE_URL"),
        "ENGINE": "django.db.backends.postgresql",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
# A cache that does not answer must not hold a request up: one more try for a connection that was cut, then without.
_CACHE = {
    "LOCATION": REDIS_URL,
    "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1, "retry": Retry(NoBackoff(), 1)},
}
CACHES = {
    # While Redis is away, the one forgets. The other says so: a kept page is given only when it is known to hold.
    "default": {"BACKEND": "core.cache.ForgetfulCache", **_CACHE},
    "pages": {"BACKEND": "django.core.cache.backends.redis.RedisCache", **_CACHE},
}
# How long a public page is kept for every visitor at most, should a renewal ever be lost; 0 keeps none.
PUBLIC_PAGES_KEPT_SECONDS = env.int("PUBLIC_PAGES_KEPT_SECONDS", default=600)

# A phone stays signed in for 30 days; a coordinator's session ends after 12 hours (see accounts.middleware).
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_COOKIE_AGE = 30 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.views.errors.stale_form"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home_redirect"
ACCOUNT_ADAPTER = "accounts.adapter.InvitationOnlyAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.sign_in.SignInForm",
    "reauthenticate": "accounts.sign_in.StillYouForm",
    "change_password": "accounts.sign_in.ChangePasswordForm",
    "reset_password": "accounts.sign_in.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.sign_in.NewPasswordForm",
}
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.sign_in.SecondFactorForm",
    "reauthenticate": "accounts.sign_in.StillYouCodeForm",
    "activate_totp": "accounts.sign_in.SetUpForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if OK9_ADDRESS.startswith("http://") else "https"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "OK9"
USERSESSIONS_TRACK_ACTIVITY = False

# Everything that sends mail, allauth included, writes to the outbox; only its drain speaks SMTP.
EMAIL_BACKEND = "notifications.backend.OutboxBackend"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="OK9 <no-reply@ok9.example>")
EMAIL_HOST = env.str("EMAIL_HOST", default="127.0.0.1")
EMAIL_PORT = env.int("EMAIL_PORT", default=1025)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 20
# Text messages: GOV.UK Notify when its key is set; the demonstration writes them to a folder.
NOTIFY_API_KEY = env.str("NOTIFY_API_KEY", default="")
NOTIFY_TEXT_TEMPLATE = env.str("NOTIFY_TEXT_TEMPLATE", default="")
DEMO_MAIL_DIR = OK9_HOME / "mail"
DEMO_TEXTS_DIR = OK9_HOME / "texts"

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "Europe/London"
CELERY_ENABLE_UTC = True

# The nightly jobs that `manage.py run_nightly` knows, each an action called as `action(night, now=now)`.
NIGHTLY_JOBS = {
    "daily-digest": "portal.actions.send_daily_digests",
    "forget-devices": "dogs.actions.kudos.forget_devices",
    "forget-enquiries": "pages.actions.enquiries.forget_enquiries",
    "forget-sessions": "accounts.actions.forget_sessions",
    "remind-expiring": "portal.actions.send_expiry_reminders",
    "remind-reading": "resources.actions.reading.send_reading_reminders",
}
# Those that do not begin at two: the daily mail is there when people begin, at seven in London all year round.
NIGHTLY_STARTS = {"daily-digest": time(7)}

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English")), ("cy", _("Welsh"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/London"
USE_TZ = True
FORMAT_MODULE_PATH = ["ok9.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = OK9_HOME / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Uploaded evidence: never served by path, always through core.files.private_response.
MEDIA_ROOT = OK9_HOME / "media"
MEDIA_URL = "/never-served/"
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
# A virus scanner (clamd) for uploads, as host:port or a socket's path; empty: none.
CLAMD_ADDRESS = env.str("CLAMD_ADDRESS", default="")
# With nginx in front (X-Accel-Redirect), the address of its internal location; empty: Django sends the file itself.
PRIVATE_FILES_LOCATION = env.str("PRIVATE_FILES_LOCATION", default="")

SECURE_HTTPS = env.bool("SECURE_HTTPS", default=not (DEBUG or OK9_DEMO))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = SECURE_HTTPS
SECURE_HSTS_SECONDS = 31536000 if SECURE_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.int("TRUSTED_PROXY_COUNT", default=0) else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# What runs before the first paint stands in each page, so that no page waits for it; nothing else inline may run.
EARLY_SCRIPT = (BASE_DIR / "templates/early.js").read_bytes()
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE, f"'sha256-{b64encode(sha256(EARLY_SCRIPT).digest()).decode()}'"],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.CursorPagination",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {"TITLE": "OK9", "VERSION": "1", "SERVE_INCLUDE_SCHEMA": False}

# The role that serves requests. It owns nothing and cannot bypass row security; see core.tenancy.
OK9_APP_ROLE = env.str("OK9_APP_ROLE", default="ok9_app")
# Requests for support from one address in an hour, before the page asks to telephone instead.
SUPPORT_REQUESTS_AN_HOUR = 10
# How many leads' addresses and numbers one member may open in an hour.
CONTACTS_AN_HOUR = 30
# Posters and pictures drawn for one person in an hour, previews among them.
PROMOTION_FILES_AN_HOUR = 600
# Paws for dogs from one address in an hour (a station may share one), and from everywhere in a minute.
KUDOS_AN_HOUR, KUDOS_A_MINUTE = 300, 1200
# Enquiries (start a scheme, join, ask) from one address in an hour, before the page asks to telephone instead.
ENQUIRIES_AN_HOUR = 10

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"fontTools": {"level": "WARNING"}, "pikepdf": {"level": "WARNING"}, "weasyprint": {"level": "ERROR"}},
}
