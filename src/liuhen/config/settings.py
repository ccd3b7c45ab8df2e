"""Settings by environment; every LIUHEN_ name is listed in docs/reference/settings.md."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from liuhen.config import sqlite
from liuhen.config.database import from_url
from liuhen.kernel.datadir import DataDir

sqlite.install()

PACKAGE = Path(__file__).resolve().parent.parent


def listed(name: str, default: str = "") -> list[str]:
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def number(name: str, default: str) -> int:
    value = os.environ.get(name, default)
    if not (value.isascii() and value.isdecimal()):
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}")
    return int(value)


DATA = DataDir.from_environment()
SECRET_KEY = DATA.secret()
DEBUG = False
# An intranet host has many names and no public one; the sign-in and CSRF do the guarding.
ALLOWED_HOSTS = listed("LIUHEN_HOSTS", "*")
CSRF_TRUSTED_ORIGINS = listed("LIUHEN_TRUSTED_ORIGINS")
HTTPS = os.environ.get("LIUHEN_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

DATABASES = {"default": from_url(os.environ.get("LIUHEN_DATABASE_URL"), DATA.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "liuhen.people",
    "liuhen.custody",
    "liuhen.regulations",
    "liuhen.devices",
    "liuhen.recordings",
    "liuhen.cases",
    "liuhen.retention",
    "liuhen.access",
    "liuhen.duties",
    "liuhen.supervision",
    "liuhen.statistics",
    "liuhen.api",
    "liuhen.web",
    "django.forms",  # after ours: its widgets' templates, but for those written anew
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "liuhen.web.middleware.SignInsLast",
    "liuhen.web.middleware.ChosenLanguage",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "liuhen.web.middleware.ContentSecurityPolicy",
    "liuhen.web.middleware.RefusalsToAnswers",
    "liuhen.web.middleware.PathsAreText",
    "liuhen.web.middleware.SetUpFirst",
]
ROOT_URLCONF = "liuhen.config.urls"
WSGI_APPLICATION = "liuhen.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "liuhen.web.context.house",
            ],
        },
    }
]
INSTALLED_APPS.insert(2, "django.contrib.messages")
MIDDLEWARE.insert(8, "django.contrib.messages.middleware.MessageMiddleware")

# A form's file is spooled beside the uploads, not in a world-readable /tmp that may be memory.
FILE_UPLOAD_TEMP_DIR = DATA.uploads
FILE_UPLOAD_HANDLERS = [
    "liuhen.web.upload_limit.Limited",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

AUTH_USER_MODEL = "people.Officer"
AUTHENTICATION_BACKENDS = [
    "liuhen.people.backend.WithAgency",
    "django.contrib.auth.backends.ModelBackend",  # of sign-ins begun before an update
]
LOGIN_URL = "web:sign_in"
LOGIN_REDIRECT_URL = "web:home"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login", "name")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
SESSION_ENGINE = "liuhen.people.sessions"
SESSION_COOKIE_AGE = 30 * 60  # of a visitor's; how long a sign-in lasts is for people.sessions
SESSION_EXPIRE_AT_BROWSER_CLOSE = True

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "static/"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

TASKS = {
    "default": {
        "BACKEND": "django_tasks_db.DatabaseBackend",
        "QUEUES": ["default", "intake", "exports"],
    }
}

# What the program itself reads.
LIUHEN_DEMO = (DATA.root / "DEMONSTRATION").is_file()
LIUHEN_INTAKE_ROOTS = [Path(p) for p in listed("LIUHEN_INTAKE_ROOTS", "/media,/run/media,/mnt")]
LIUHEN_WATCH = Path(os.environ.get("LIUHEN_WATCH") or DATA.watch)
LIUHEN_ACCEL_PREFIX = os.environ.get("LIUHEN_ACCEL_PREFIX", "")
# After how many days a password must be changed; 0: never.
LIUHEN_PASSWORD_DAYS = number("LIUHEN_PASSWORD_DAYS", "180")
# How many days pass between the approval of a disposal and its execution; revocable meanwhile.
LIUHEN_DISPOSAL_DAYS = number("LIUHEN_DISPOSAL_DAYS", "7")
# A folder on another disk, or s3://bucket/prefix, that keeps a second copy of every original.
LIUHEN_SECOND_COPY = os.environ.get("LIUHEN_SECOND_COPY", "")
# The address of an S3 store other than Amazon's, and for how many days it locks what it holds.
LIUHEN_S3_ENDPOINT = os.environ.get("LIUHEN_S3_ENDPOINT", "")
LIUHEN_S3_LOCK_DAYS = number("LIUHEN_S3_LOCK_DAYS", "30")
# How many processes copy and hash; None leaves it to the vault, by the cores there are.
LIUHEN_PROCESSES = number("LIUHEN_PROCESSES", "0") or None
# An RFC 3161 authority, and a PEM file with the CAs to trust for it.
LIUHEN_TSA = os.environ.get("LIUHEN_TSA", "")
LIUHEN_TSA_CERT = os.environ.get("LIUHEN_TSA_CERT", "")
# A folder with a speech model; None: nothing listens.
LIUHEN_SPEECH_MODEL = Path(p) if (p := os.environ.get("LIUHEN_SPEECH_MODEL")) else None

# Drives a page may have discs written and read in.
LIUHEN_DISC_DRIVES = listed("LIUHEN_DISC_DRIVES", "/dev/sr0,/dev/sr1")
# Every disc is read again after so many years, so many percent of its files.
LIUHEN_DISC_YEARS = number("LIUHEN_DISC_YEARS", "2")
LIUHEN_DISC_PERCENT = number("LIUHEN_DISC_PERCENT", "10")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": os.environ.get("LIUHEN_LOG", "WARNING")},
}
