"""All settings come from the environment: docs/configuration.md names each variable."""

from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from environs import FileAwareEnv

from config.deliveries import DELIVERY_KINDS as DELIVERY_KINDS
from config.environment import (
    broker_address,
    kept_secret,
    mail_address,
    origin,
    sealed,
)
from core.broker import socket_url

BASE_DIR = Path(__file__).resolve().parent.parent

env = FileAwareEnv(eager=False, strip_whitespace=True)
env.add_parser("origin", origin)
env.add_parser("mail_address", mail_address)
env.add_parser("broker_address", broker_address)

# --- what the environment says ---------------------------------------------------
DATA_DIR = env.path("DATA_DIR", BASE_DIR / "data")
DEBUG = env.bool("DEBUG", False)
HOST = env.str("HOST", "127.0.0.1")
PORT = env.int("PORT", 8000, validate=lambda port: 0 < port < 65536)
APP_ORIGIN = env.origin("APP_ORIGIN", "")
SECRET_KEY = env.str("SECRET_KEY", "")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", [])
REDIS_URL = env.broker_address("REDIS_URL", "")
EMAIL_URL = env.mail_address("EMAIL_URL", "")
FIELDPROOF_NOW = env.datetime("FIELDPROOF_NOW", None)
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", 0)
DATABASE = env.dj_db_url("DATABASE_URL", "sqlite:///")
sealed(env)

DATA_DIR = Path(DATA_DIR).resolve()
APP_ORIGIN = APP_ORIGIN or f"http://{HOST}:{PORT}"
SECRET_KEY = SECRET_KEY or kept_secret(DATA_DIR)
CLOCK_SET_TO: datetime | None = FIELDPROOF_NOW if DEBUG else None
IS_HTTPS = APP_ORIGIN.startswith("https://")

# --- database --------------------------------------------------------------------
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA busy_timeout=5000; "
    "PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; "
    "PRAGMA journal_size_limit=67108864;"
)
if "sqlite" in DATABASE["ENGINE"]:
    DATABASE["NAME"] = DATABASE["NAME"] or DATA_DIR / "fieldproof.sqlite3"
    if str(DATABASE["NAME"]) == ":memory:":
        DATABASE["NAME"] = DATA_DIR / "fieldproof.sqlite3"
    # IMMEDIATE: a transaction that will write waits at its start, so that two
    # writers never meet in the middle and fail with "database is locked".
    DATABASE["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "init_command": SQLITE_PRAGMAS,
        "timeout": 5,
    }
else:
    DATABASE["OPTIONS"] = DATABASE.get("OPTIONS", {}) | {
        "connect_timeout": 3,
        "options": "-c statement_timeout=15s -c lock_timeout=3s "
        "-c idle_in_transaction_session_timeout=30s",
    }
    DATABASE["CONN_HEALTH_CHECKS"] = True
DATABASE["CONN_MAX_AGE"] = 600
DATABASES = {"default": DATABASE}
VERSION = "0.1.0"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# In the database: limits on sign-in are shared by all web processes.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
    }
}

# --- applications ----------------------------------------------------------------
DOMAIN = ("core", "discovery", "interviews", "forecasts", "milestones", "decisions")
INSTALLED_APPS = [
    "config.apps.ConfigConfig",
    *DOMAIN,
    "portfolio",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "django_htmx",
    "allauth",
    "allauth.account",
]
MIDDLEWARE = [
    "core.middleware.security_headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "core.middleware.honest_cookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.session_age",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.expired_login",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.hostile_input",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "core.forms.rendering.FieldproofRenderer"
CSRF_FAILURE_VIEW = "core.views.errors.csrf_failure"

# --- accounts --------------------------------------------------------------------
AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "core:home"
ACCOUNT_ADAPTER = "core.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "core.passwords.MaximumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "core.passwords.ContextWordValidator"},
]

# --- browser security ------------------------------------------------------------
ALLOWED_HOSTS = [urlsplit(APP_ORIGIN).hostname, "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [APP_ORIGIN]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
COOKIE_PREFIX = "__Host-" if IS_HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_AGE = 7 * 24 * 3600
SESSION_LONGEST_SECONDS = 30 * 24 * 3600
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = IS_HTTPS
    # monitors and health checks ask from inside, without TLS
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- language, time, files -------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = False
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- work in the background ------------------------------------------------------
BROKER_URL = REDIS_URL or socket_url(DATA_DIR)
CELERY_TASK_ALWAYS_EAGER = False
REACTIONS = "config.reactions.REACTIONS"
TICK_STEPS = [
    "decisions.tasks.judge_due",
    "decisions.actions.escalating.escalate_due",
    "decisions.actions.reminding.remind_due",
    "portfolio.actions.digests.plan_due",
    "core.deliveries.dispatch_due",
    "milestones.actions.noting.note_due",
    "decisions.actions.sweeping.sweep_due",
    "core.once.forget_old_keys",
    "core.tasks.imports_due",
    "portfolio.actions.orders.fill_orders",
    "portfolio.tasks.exports_due",
    "portfolio.actions.guests.forget_introductions",
    "core.trash.empty_trash",
    "discovery.actions.erasing.erase_due",
    "core.traces.clear_traces",
    # last: whoever receives it may take their time
    "core.deliveries.call_due",
]
# What no backup and no archive holds, and why.
BACKUP_LEAVES_OUT = {
    "core.Erasing": "a mark inside a transaction",
    "core.Heartbeat": "signs of life of one machine",
    "core.Installation": "its id stands in the manifest; a restore holds mail back",
    "core.OneTimeLink": "a way in that may have been used since",
    "core.Tick": "minutes of the scheduler",
    "account.EmailConfirmation": "a way in that may have been used since",
    "sessions.Session": "everybody signs in anew",
    "interviews.SearchDocument": "made anew from the rows",
    "portfolio.VentureExport": "its file lasts a day",
    "portfolio.GuestBrowser": "whoever comments by a link shows their address anew",
    "portfolio.Introduction": "a text that waits a day at most for its writer",
}
# Called with each venture that came in by a restore: what is made of its rows.
AFTER_RESTORED = ["interviews.search.reindex"]
# Told of every row that was written, in the same transaction, so that search finds
# what stands now, and the digest who joined.
AFTER_WRITTEN = [
    "interviews.search.upkeep.index",
    "portfolio.actions.digests.look_again",
]
SEARCHED = "config.searched.SEARCHED"
# Whether a talk counts depends on its people: told in the same transaction.
AFTER_PEOPLE_EDITED = ["interviews.actions.requalify_talks_of"]
# `mask(request, response)`: every answer to somebody who may not see people.
MASK_NAMES = "interviews.masked_pages.mask_response"
# `mask(request, text)`: the same of a text that is cut before it is drawn.
MASK_WORDS = "interviews.masked_pages.mask_words"
# What pages say by themselves: see core/own_words.py.
OWN_WORDS = ["templates/**/*.html", "milestones/eleven/*.py"]
# Where texts stand that are shown as they are: headings, labels, choices, questions.
OWN_PHRASES = [*OWN_WORDS, *(f"{app}/**/*.py" for app in DOMAIN)]
# `rows(workspace_id)`: who else a venture knows by name, for the same mask.
NAMED_BESIDE = ["forecasts.reps.rows_known_in"]
# `is_withheld(file)`: whether the words a file is to prove are hidden by consent.
WITHHELD_FILES = ["interviews.proofs.is_withheld", "milestones.proofs.is_withheld"]
# `words(quotes)`: quote id → what each is linked to, for the page of their talk.
WORDS_OF_LINKS = "milestones.reports.inbox.words_of_links"
# What can be thrown away and fetched back: see core/trash.py.
TRASHABLE = {
    "person": {
        "label": "discovery.Person",
        "page": "interviews:person_detail",
        "rows": "interviews:customer_list",
        "edit": "discovery:person_edit",
    },
    "organisation": {
        "label": "discovery.Organisation",
        "page": "interviews:organisation_detail",
        "rows": "interviews:organisation_list",
        "edit": "discovery:organisation_edit",
    },
    "problem": {
        "label": "discovery.Problem",
        "page": "milestones:problem_detail",
        "rows": "milestones:problem_list",
        "edit": "discovery:problem_edit",
    },
    "need": {
        "label": "discovery.Need",
        "page": "discovery:need_edit",
        "rows": "discovery:need_tree",
    },
    "feature": {
        "label": "discovery.Feature",
        "page": "discovery:feature_edit",
        "rows": "discovery:feature_list",
    },
    "interview": {
        "label": "interviews.Interview",
        "page": "interviews:interview_detail",
        "rows": "interviews:interview_list",
        "after": "interviews.actions.counting.requalify",
    },
    "guide": {
        "label": "interviews.Guide",
        "page": "interviews:guide_detail",
        "rows": "interviews:guide_list",
    },
    "survey": {
        "label": "interviews.Survey",
        "page": "interviews:survey_detail",
        "rows": "interviews:survey_list",
    },
}
# `erase(person, by=None, now=now)`: what becomes of people the trash has kept for 30
# days.
ERASE_PERSON = "discovery.actions.erasing.erase_person"
# Erasing somebody, over the tables of all apps: which rows are about them, who was
# there with them, what goes besides their words, and what is told when it is done.
PERSON_ROWS = [
    "interviews.actions.erasing.rows_about",
    "milestones.actions.erasing.rows_about",
]
PEOPLE_BESIDE = "interviews.actions.erasing.people_beside"
PERSON_ERASERS = [
    "interviews.actions.erasing.erase_traces",
    "milestones.actions.erasing.erase_traces",
    "portfolio.actions.exports.forget_exports",
]
AFTER_PERSON_ERASED = ["interviews.actions.erasing.leave_the_search"]
# What tables may hold, in the order of the page: see core/importing/importer.py.
IMPORTERS = {
    "people": "discovery.importer.PeopleImporter",
    "organisations": "discovery.organisation_importer.OrganisationImporter",
    "interviews": "interviews.importer.TalkImporter",
    "answers": "interviews.answer_importer.AnswerImporter",
    "deals": "forecasts.deal_importer.DealImporter",
    "rep_quarters": "forecasts.figure_importer.QuarterImporter",
    "cost_lines": "forecasts.figure_importer.CostImporter",
}
EMAIL_BACKEND = "core.mail_backend.LedgerFreeBackend"
DEFAULT_FROM_EMAIL = f"Fieldproof <fieldproof@{urlsplit(APP_ORIGIN).hostname}>"
EMAIL_TIMEOUT = 10

# --- logs: ids, never contents ---------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "core.logs.FramesOnly",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "filters": {
        "plain": {"()": "core.logs.WithoutSecrets"},
        "brief": {"()": "core.logs.BriefRefusals"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["plain", "brief"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        "django.server": {"handlers": [], "propagate": True},
        "django.request": {"handlers": [], "propagate": True},
    },
}
