"""Django's settings: plain and short; what differs between installations comes from the environment."""

from csp.constants import NONE, SELF

from zhiben.config.databases import database
from zhiben.config.email import email
from zhiben.config.env import ENV, ROOT

DEBUG = ENV.debug
SECRET_KEY = ENV.secret_key
ALLOWED_HOSTS = list(ENV.hosts)
DATABASES = {"default": database(ENV.database_url)}
AUTH_USER_MODEL = "orgs.Account"
ROOT_URLCONF = "zhiben.config.urls"
WSGI_APPLICATION = "zhiben.config.wsgi.application"
WEB_WORKERS = ENV.web_workers
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

ROOMS = [
    "journal",
    "orgs",
    "clocks",
    "files",
    "notices",
    "documents",
    "standards",
    "dangers",
    "insights",
    "exchange",
    "shell",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "zhiben.config",
    *(f"zhiben.{room}" for room in ROOMS),
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_cotton",
    "ninja",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "zhiben.config.wire.ApiFirst",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "zhiben.config.middleware.WhoActs",
    "zhiben.config.middleware.Refusals",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "zhiben.notices.web.context.unread",
            ],
        },
    },
]

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]

STATIC_URL = "static/"
STATIC_ROOT = ENV.var / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if ENV.debug
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = ENV.debug
API_PER_MINUTE = ENV.api_per_minute
FILES_ROOT = ENV.var / "files"
FILES_MAX_BYTES = 50 * 1024 * 1024
SNAPSHOT_ROOT = ENV.snapshot
SPARK, SPARK_SNAPSHOT, SPARK_TASKS = ENV.spark, ENV.spark_snapshot, ENV.spark_tasks
FONTS_ROOT = ENV.fonts  # preferred to the fonts that documents are shipped with
JOURNAL_HASH = ENV.journal_hash  # of new entries; old ones keep the one they name
JOURNAL_KEY_FILE = ENV.var / "journal-key"  # signs daily roots; made on first use
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "zhiben.orgs.adapter.Adapter"  # no open sign-up; demo logins on loopback only
ACCOUNT_LOGOUT_ON_GET = False
TRUSTED_PROXIES = ENV.proxies  # each adds to X-Forwarded-For whom it saw; what stands before them anybody may write
MFA_ADAPTER = "zhiben.orgs.second_step.Steps"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "login_webauthn": "zhiben.orgs.second_step.SignIn",
    "authenticate_webauthn": "zhiben.orgs.second_step.SecondStep",
    "reauthenticate_webauthn": "zhiben.orgs.second_step.OnceMore",
    "add_webauthn": "zhiben.orgs.second_step.Add",
}
PASSKEY_DOMAIN = ENV.passkey_domain
MFA_TOTP_ISSUER = "Zhiben"

SESSION_ENGINE = "django.contrib.sessions.backends.db"  # signing out must hold in every process at once
SESSION_COOKIE_AGE = ENV.idle_minutes * 60  # idle time: orgs.requests begins it anew once a minute
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.secure
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.secure else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "zhiben.shell.web.errors.forged"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    },
}

globals().update(email(ENV.email_url))
DEFAULT_FROM_EMAIL = ENV.email_from
PUBLIC_URL = ENV.public_url  # begins the links in what leaves the house; without it there are none
SMS_URL, SMS_BODY, SMS_SECRET = ENV.sms_url, ENV.sms_body, ENV.sms_secret
WECOM_URL = ENV.wecom_url
DINGTALK_URL, DINGTALK_SECRET = ENV.dingtalk_url, ENV.dingtalk_secret

CACHES = {  # in the database: what is counted (attempts to sign in, codes used) is counted once for all web processes
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shell_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": ENV.log_level},
}
PROJECT_ROOT = ROOT
