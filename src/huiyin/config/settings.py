"""Settings from the environment; the defaults run a whole company from one folder (HUIYIN_DATA).

Every variable is listed in docs/operations.md; a test compares that list with ENVIRONMENT.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

CHECKOUT = Path(__file__).resolve().parents[3]

ENVIRONMENT = (
    "HUIYIN_DATA",
    "DATABASE_URL",
    "HUIYIN_HOSTS",
    "HUIYIN_HTTPS",
    "HUIYIN_PROXIES",
    "HUIYIN_DEBUG",
    "HUIYIN_SECRET_KEY",
    "HUIYIN_TWO_FACTOR",
    "HUIYIN_UPLOAD_MEGABYTES",
    "HUIYIN_COMPILED_QUERIES",
)

DATA = Path(os.environ.get("HUIYIN_DATA") or CHECKOUT / "data").resolve()
DATA.mkdir(parents=True, exist_ok=True)
KEYS = DATA / "keys"
FILES = DATA / "files"
SEALS = DATA / "seals"


def _secret(name: str) -> str:
    """A key made once and kept in the data folder, readable by its owner only."""
    KEYS.mkdir(mode=0o700, exist_ok=True)
    path = KEYS / name
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("utf-8").strip()
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        value = secrets.token_urlsafe(50)
        file.write(value)
    return value


SECRET_KEY = os.environ.get("HUIYIN_SECRET_KEY") or _secret("django.key")
DEBUG = os.environ.get("HUIYIN_DEBUG") == "1"
HTTPS = os.environ.get("HUIYIN_HTTPS") == "1"
ALLOWED_HOSTS = [h for h in os.environ.get("HUIYIN_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if h]
CSRF_TRUSTED_ORIGINS = [f"https://{h}" for h in ALLOWED_HOSTS if HTTPS and h != "*"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "huiyin.ui",
    "huiyin.procedure",
    "huiyin.people",
    "huiyin.journal",
    "huiyin.obligations",
    "huiyin.records",
    "huiyin.customers",
    "huiyin.contacts",
    "huiyin.improvement",
    "huiyin.complaints",
    "huiyin.returns",
    "huiyin.assessment",
    "huiyin.registers",
    "huiyin.review",
    "huiyin.channels",
    "huiyin.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "huiyin.people.middleware.AnonymousLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "huiyin.ui.middleware.DraftClearedCookie",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "huiyin.people.middleware.RequestContextMiddleware",
    "huiyin.ui.middleware.RejectMalformedRequests",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "huiyin.people.middleware.TwoFactorRequiredMiddleware",
    "huiyin.records.steps.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "huiyin.config.urls"
WSGI_APPLICATION = "huiyin.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [],
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "huiyin.ui.jinja.environment",
            "loader": None,
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "huiyin.ui.context_processors.csrf_once",
                "huiyin.config.shell.shell",
            ],
        },
    },
]


# Off, everything in huiyin.database goes by Django's public interface: slower, and the same in all else.
COMPILED_QUERIES = os.environ.get("HUIYIN_COMPILED_QUERIES", "on") not in ("off", "0")


def _database(url: str) -> dict[str, object]:
    """Django's database entry from ``postgresql://user:password@host:port/name``.

    SQLite in the data folder without one.
    """
    if not url:
        return {
            "ENGINE": "huiyin.database.sqlite3" if COMPILED_QUERIES else "django.db.backends.sqlite3",
            "NAME": DATA / "huiyin.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "detect_types": 0,  # Django reads each column by its field; the driver need not guess before
                "init_command": (
                    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                    " PRAGMA cache_size=-16000; PRAGMA temp_store=MEMORY;"
                ),
            },
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": None},
        }
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 0,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}},
    }


DATABASES = {"default": _database(os.environ.get("DATABASE_URL", ""))}
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "huiyin_cache"},
}

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["huiyin.people.backends.PersonBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "huiyin.people.passwords.UserSimilarityBilingual"},
    {"NAME": "huiyin.people.passwords.MinimumLengthBilingual", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "huiyin.people.adapter.StaffAdapter"
ACCOUNT_FORMS = {
    "change_password": "huiyin.people.account_forms.ChangeOwnPassword",
    "set_password": "huiyin.people.account_forms.SetOwnPassword",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
# How many proxies of our own append to X-Forwarded-For: attempts are counted by the address before them.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("HUIYIN_PROXIES", "0"))
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "10/m/ip"}  # of one account: huiyin.people.adapter
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Huiyin"
TWO_FACTOR = os.environ.get("HUIYIN_TWO_FACTOR", "administrators")  # "all", "administrators" or "none"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": FILES}},
    "staticfiles": {"BACKEND": "huiyin.ui.storage.HashedStaticStorage"},
}
UPLOAD_MEGABYTES = int(os.environ.get("HUIYIN_UPLOAD_MEGABYTES", "25"))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
DATA_UPLOAD_MAX_NUMBER_FILES = 30
FILE_UPLOAD_PERMISSIONS = 0o640

SESSION_ENGINE = "huiyin.people.sessions"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "huiyin_session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "huiyin_csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "long"]}}
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"huiyin": {"level": "INFO"}},
}
