"""All settings, in one file; what differs between places comes from the environment."""

from pathlib import Path

import dj_database_url
from django.utils.translation import gettext_lazy as _

from yanzhen.config import environment

ROOT = Path(__file__).resolve().parent.parent.parent
ENV = environment.load(ROOT)

DATA = environment.private_folder((ROOT / ENV.text("YANZHEN_DATA")).resolve())
# On trial (DEBUG=1) nobody sees a stack trace either; that needs DEBUG=trace.
TRIAL = ENV.text("DEBUG") != "0"
DEBUG = ENV.text("DEBUG") == "trace"
SECRET_KEY = ENV.text("SECRET_KEY") or environment.secret_in(DATA)
ALLOWED_HOSTS = ENV.words("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = ENV.words("TRUSTED_ORIGINS")

INSTALLED_APPS = [
    "yanzhen.config",
    "yanzhen.design",
    "yanzhen.groundwork",
    "yanzhen.network",
    "yanzhen.people",
    "yanzhen.library.catalogue",
    "yanzhen.library.patrons",
    "yanzhen.library.holdings",
    "yanzhen.library.holds",
    "yanzhen.library.circulation",
    "yanzhen.library.rotation",
    "yanzhen.library.acquisitions",
    "yanzhen.library.merging",
    "yanzhen.library.call_numbers",
    "yanzhen.library.stocktaking",
    "yanzhen.library.withdrawal",
    "yanzhen.library.discovery",
    "yanzhen.library.harvest",
    "yanzhen.library.cataloguing",
    "yanzhen.culture.almanac",
    "yanzhen.culture.resources",
    "yanzhen.culture.activities",
    "yanzhen.culture.booking",
    "yanzhen.culture.planning",
    "yanzhen.culture.courses",
    "yanzhen.culture.telling",
    "yanzhen.culture.tours",
    "yanzhen.culture.contests",
    "yanzhen.doors",
    "yanzhen.doors.portal",
    "yanzhen.doors.desk",
    "yanzhen.doors.api",
    "yanzhen.doors.sip2",
    "ninja",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "yanzhen.doors.headers.SecurityHeaders",
    "yanzhen.doors.api.lane.TokenLane",
    "yanzhen.design.display.DisplayMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "yanzhen.doors.gate.Gate",
    "yanzhen.doors.refused.RefusedToPage",
]

ROOT_URLCONF = "yanzhen.config.urls"
WSGI_APPLICATION = "yanzhen.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "yanzhen.doors.context.county",
            ]
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        ENV.text("DATABASE_URL") or f"sqlite:///{DATA / 'yanzhen.sqlite3'}", conn_max_age=None
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["ENGINE"] = "yanzhen.groundwork.sqlite"
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 30,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        # Without it, REPLACE would delete from the audit trail and wake no trigger.
        "PRAGMA recursive_triggers=ON; "
        # The most SQLite maps: a row far behind in a large database costs half as much to read.
        "PRAGMA cache_size=-65536; PRAGMA mmap_size=2147418112; PRAGMA temp_store=MEMORY; "
        # Whoever copies the log back does it in the line of writers: seldom is better than often.
        "PRAGMA wal_autocheckpoint=4000;",
    }
else:
    DATABASES["default"]["ENGINE"] = "yanzhen.groundwork.postgresql"
    # A statement asked for the third time on a connection is prepared: its plan is made once.
    # A pooler between us and PostgreSQL must know prepared statements (PgBouncer since 1.21).
    DATABASES["default"]["OPTIONS"] = {"server_side_binding": True, "prepare_threshold": 3}

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["yanzhen.people.signing_in.SignInName"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 8},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "portal:sign-in"
LOGIN_REDIRECT_URL = "portal:me"
# In the database: a memory of its own in each web process would keep sessions that have ended.
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not TRIAL
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "yanzhen.doors.portal.errors.forbidden"

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("简体中文")), ("en", _("English"))]
LOCALE_PATHS = [ROOT / "locale"]
FORMAT_MODULE_PATH = "yanzhen.config.formats"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TRIAL
        else "yanzhen.config.static_files.StaticFiles"
    },
}
WHITENOISE_USE_FINDERS = TRIAL

# Photographs and the like; a view of the package that owns a file hands it out.
MEDIA_ROOT = DATA / "media"

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# A pasted 10,000-character query is answered in words; a file upload has its own door.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

YANZHEN_DISTRICT = ENV.text("YANZHEN_DISTRICT")
YANZHEN_PHONE = ENV.text("YANZHEN_PHONE")
YANZHEN_TRUSTED_PROXIES = ENV.words("YANZHEN_TRUSTED_PROXIES")
YANZHEN_FORGET_CALLERS_DAYS = ENV.number("YANZHEN_FORGET_CALLERS_DAYS")
YANZHEN_SAFETY_PLAN_FROM = ENV.number("YANZHEN_SAFETY_PLAN_FROM")
YANZHEN_OAI_DOMAIN = ENV.text("YANZHEN_OAI_DOMAIN")
YANZHEN_OAI_EMAIL = ENV.text("YANZHEN_OAI_EMAIL")
YANZHEN_PAGE_CACHE_SECONDS = ENV.number("YANZHEN_PAGE_CACHE_SECONDS")
SEARCH_INDEX = DATA / "search"
TARGET_PASSWORDS = DATA / "target-passwords"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "loggers": {"yanzhen": {"handlers": ["console"], "level": "INFO"}},
}
