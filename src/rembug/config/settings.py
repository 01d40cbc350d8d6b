"""All settings in one place; each reads the environment once and fails loudly."""

from pathlib import Path

from django.conf.locale import LANG_INFO

from rembug.lib import env, logs

ROOT = Path(__file__).resolve().parents[3]
VAR = env.folder("REMBUG_VAR", ROOT / "var")

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY", "")
if not SECRET_KEY:
    SECRET_KEY = env.secret(VAR / "secret-key")
CONFIDENTIAL_KEY = env.text("CONFIDENTIAL_KEY", "") or env.secret(VAR / "confidential-key")  # never changes
MASK_KEY = env.text("MASK_KEY", "") or env.secret(VAR / "mask-key")  # moves homes; never changes
HTTPS = env.flag("REMBUG_HTTPS", default=False)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
PUBLIC_URL = env.text("PUBLIC_URL", "http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if HTTPS else []
DEFAULT_CITY = env.text("REMBUG_CITY", "pekalongan")
CITY_HOSTS = dict(pair.split("=", 1) for pair in env.words("REMBUG_CITY_HOSTS"))  # host=city

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "rembug.lib",
    "rembug.audit",
    "rembug.people",
    "rembug.places",
    "rembug.water",
    "rembug.confidential",
    "rembug.reports",
    "rembug.cases",
    "rembug.evidence",
    "rembug.alerts",
    "rembug.calls",
    "rembug.meetings",
    "rembug.deliberation",
    "rembug.commitments",
    "rembug.learning",
    "rembug.web",
    "rembug.api",
    "allauth",  # after people, whose templates replace its own
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]
MIDDLEWARE = [
    "rembug.confidential.middleware.NobodyHere",  # before all: whoever tells in confidence is nobody
    "rembug.lib.logs.RequestLines",  # outermost: it times all of it
    "rembug.web.middleware.SecurityHeaders",  # first: static files carry the headers too
    "rembug.web.middleware.HealthFirst",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "rembug.api.v1.middleware.ProblemAnswers",
    "rembug.api.open311.middleware.StandardErrors",
    "rembug.lib.nul.RefuseNul",
    "django.middleware.gzip.GZipMiddleware",  # pads each page at random, so its length tells nothing of its secrets
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "rembug.places.middleware.CityMiddleware",
    "rembug.people.middleware.ActorMiddleware",
    "rembug.people.middleware.AccessMiddleware",
]
ROOT_URLCONF = "rembug.config.urls"
WSGI_APPLICATION = "rembug.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "rembug.web.context.shell",
            ],
        },
    }
]

DATABASES = {"default": env.database("DATABASE_URL", VAR / "rembug.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"
CACHES = {
    # Shared by all processes and servers: counts of failed sign-ins and used one-time codes must be.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "people_sharedcache"},
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English"), ("jv", "Basa Jawa")]
LANG_INFO["jv"] = {
    "bidi": False,
    "code": "jv",
    "name": "Javanese",
    "name_local": "Basa Jawa",
}  # unknown to Django
LANGUAGE_COOKIE_NAME = "__Host-language" if HTTPS else "language"
LOCALE_PATHS = [ROOT / "src" / "rembug" / "locale"]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True

# Over HTTPS a cookie cannot be set by a neighbouring host; plain names only where there is no TLS (make run).
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
# Levels of Django's messages in the classes of our notes.
MESSAGE_TAGS = {20: "", 25: "good", 30: "warn", 40: "danger"}
CSRF_FAILURE_VIEW = "rembug.web.views.errors.stale_form"
SIMULATED = env.flag("REMBUG_SIMULATED", default=False)  # every page wears the band "Data simulasi"
BASEMAP_ORIGIN = env.text(
    "REMBUG_BASEMAP_ORIGIN", ""
)  # https://tiles.example.org; empty: no request leaves the site
BASEMAP_TILES = env.text("REMBUG_BASEMAP_TILES", "")  # the tiles' address on it, with {z} {x} {y}
BASEMAP_CREDIT = env.text("REMBUG_BASEMAP_CREDIT", "")

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "rembug.web.storage.HashedFiles"},
}

# REMBUG_LOG=json writes one object a line, requests included; at a terminal only what went wrong.
SILENT_ROUTES = ("confidential:",)  # no line about them, unless they break
LOG = env.text("REMBUG_LOG", "text")
LOGGING = logs.configuration(LOG, env.text("REMBUG_LOG_LEVEL", "INFO" if LOG == "json" else "WARNING"))

# name, task, seconds between two looks, function that tells whether there is anything to do
JOBS: list[tuple[str, str, float, str]] = [
    ("jobs.prune", "rembug.lib.tasks.prune", 600, ""),
    ("reports.process", "rembug.reports.tasks.process", 1, "rembug.reports.queries.waiting.to_process"),
    ("reports.settle", "rembug.reports.tasks.settle", 10, "rembug.reports.queries.waiting.to_settle"),
    ("people.prune", "rembug.people.tasks.prune", 3600, ""),
    ("people.forget-messages", "rembug.people.tasks.forget_messages", 86_400, ""),
    ("reports.prune", "rembug.reports.tasks.prune", 3600, ""),
    ("reports.photos", "rembug.reports.tasks.photos", 2, "rembug.reports.queries.waiting.to_develop"),
    ("reports.fetch", "rembug.reports.tasks.fetch_photos", 5, "rembug.reports.queries.waiting.to_fetch"),
    ("reports.reconcile", "rembug.reports.tasks.reconcile", 3600, ""),
    ("reports.sweep", "rembug.reports.tasks.sweep_photos", 3600, ""),
    ("reports.sizes", "rembug.reports.tasks.sweep_sizes", 86_400, ""),
    ("reports.forget", "rembug.reports.tasks.forget", 60, "rembug.reports.queries.waiting.to_forget"),
    ("reports.teach", "rembug.reports.tasks.teach", 600, "rembug.water.queries.setup.cities"),
    ("water.learn", "rembug.water.tasks.learn", 600, "rembug.water.queries.waiting.to_learn"),
    ("reports.learn", "rembug.reports.tasks.learn", 3600, ""),
    ("evidence.make", "rembug.evidence.tasks.make", 30, "rembug.evidence.queries.datasets.to_make"),
    ("water.levels", "rembug.water.tasks.levels", 600, "rembug.water.queries.waiting.has_feed"),
    ("water.score", "rembug.water.tasks.score", 3600, "rembug.water.queries.waiting.to_score"),
    ("water.scenarios", "rembug.water.tasks.scenarios", 5, "rembug.water.queries.waiting.to_compute"),
    ("water.kings", "rembug.water.tasks.kings", 3600, "rembug.water.queries.kings.kings_due"),
    ("water.forecast", "rembug.water.tasks.forecast", 60, "rembug.water.queries.waiting.forecast_due"),
    ("cases.open", "rembug.cases.tasks.open_new", 15, ""),
    ("cases.tell", "rembug.cases.tasks.tell_followers", 60, ""),
    ("cases.forward", "rembug.cases.tasks.send_on", 5, "rembug.cases.queries.forwards.to_send"),
    ("cases.hear", "rembug.cases.tasks.ask_others", 60, "rembug.cases.queries.forwards.to_ask"),
    ("cases.tend", "rembug.cases.tasks.tend", 600, ""),
    ("cases.papers", "rembug.cases.tasks.sweep_papers", 86_400, ""),
    ("alerts.tend", "rembug.alerts.tasks.tend", 60, ""),
    ("alerts.fetch", "rembug.alerts.tasks.fetch", 300, ""),
    ("alerts.deliver", "rembug.alerts.tasks.deliver", 5, "rembug.alerts.queries.waiting.to_deliver"),
    ("calls.remind", "rembug.calls.tasks.send_reminders", 900, ""),
    ("meetings.chase", "rembug.meetings.tasks.chase", 3600, ""),
    ("meetings.calendars", "rembug.meetings.tasks.read_calendars", 900, ""),
    ("deliberation.move", "rembug.deliberation.tasks.move_on", 3600, ""),
    ("commitments.tend", "rembug.commitments.tasks.tend", 3600, ""),
    (
        "commitments.measure",
        "rembug.commitments.tasks.measure",
        3600,
        "rembug.commitments.queries.measured.measure_waits",
    ),
    ("learning.tend", "rembug.learning.tasks.tend", 3600, ""),
    ("confidential.forget", "rembug.confidential.tasks.forget", 3600, ""),
    ("audit.sequence", "rembug.audit.tasks.sequence", 2, "rembug.audit.queries.has_waiting"),
    ("audit.checkpoint", "rembug.audit.tasks.checkpoint", 5, "rembug.audit.queries.checkpoint_due"),
]
JOBS_OFF = env.words("REMBUG_JOBS_OFF")  # jobs by name or by app that workers of this server leave alone
JOBS = [job for job in JOBS if not {job[0], job[0].partition(".")[0]} & set(JOBS_OFF)]
WORKER_SILENT_S = env.number(
    "REMBUG_WORKER_SILENT_S", 60
)  # then a worker counts as dead and its job is run again
LEASE_S = env.number(
    "REMBUG_LEASE_S", 120
)  # how long work of which there may be only one waits for a dead holder
# The writer of intake: False commits in the caller's thread (tests inside one transaction).
GROUP_COMMIT = env.flag("REMBUG_GROUP_COMMIT", default=True)

# Who may call which address (people.middleware.AccessMiddleware).
ACCESS_TABLE = "rembug.config.access.TABLE"

# Sign-in. Over HTTPS the names of cookies begin with __Host-, so that no other host can set them.
SESSION_COOKIE_AGE = 14 * 24 * 3600
DEVICE_COOKIE_NAME = "__Host-device" if HTTPS else "device"
SECOND_FACTOR_DAYS = 7  # a second factor is asked for again after this many days
PASSWORD_RESET_TIMEOUT = 3600  # seconds
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/saya/"
LOGOUT_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [  # scrypt needs memory as well as time; the others only read older passwords
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [  # ASVS 6.2: length and known passwords, no rules of composition
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "display_name")},
    },
]
ACCOUNT_ADAPTER = "rembug.people.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account comes from an invitation, which is the proof
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ACCOUNT_FORMS = {
    "login": "rembug.people.forms.accounts.LoginForm",
    "reset_password": "rembug.people.forms.accounts.ResetPasswordForm",
    "reset_password_from_key": "rembug.people.forms.accounts.ResetPasswordKeyForm",
    "change_password": "rembug.people.forms.accounts.ChangePasswordForm",
    "reauthenticate": "rembug.people.forms.accounts.ReauthenticateForm",
}
# Failures slow down the account that is tried, whoever tries; one address never locks out its neighbours.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "5/5m/key,50/1d/key,300/m/ip",
    "reset_password": "60/m/ip,3/10m/key",
    "reset_password_from_key": "60/m/ip",
    "signup": "60/m/ip",
    "register_group": "20/h/ip",
    "follow_case": "60/h/ip",
    "call_reminder": "60/h/ip",
    "write_to_body": "60/h/ip,4/h/key",  # a sender to a body: nobody fills an inbox alone
    "write_to_body_address": "20/h/key",  # an address to a body, however many senders it pretends to be
    "write_to_body_all": "200/h/key",  # all to a body
    "survey_answer": "60/m/ip,600/h/ip",
}
MFA_ADAPTER = "rembug.people.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Rembug"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS  # browsers themselves allow it on localhost only
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_FORMS = {
    "authenticate": "rembug.people.forms.second_factor.AuthenticateForm",
    "reauthenticate": "rembug.people.forms.second_factor.ReauthenticateForm",
    "activate_totp": "rembug.people.forms.second_factor.ActivateTOTPForm",
    "add_webauthn": "rembug.people.forms.second_factor.AddWebAuthnForm",
    "edit_webauthn": "rembug.people.forms.second_factor.EditWebAuthnForm",
}
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", 0)  # how many proxies of ours stand in front
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
if HTTPS and TRUSTED_PROXIES:  # only a proxy of ours may say that the outer connection was secure
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
METRICS_TOKEN = env.text("METRICS_TOKEN", "")  # who may read /metrics from another machine

# Letters: an SMTP server by EMAIL_HOST, else files under var/mail.
EMAIL_HOST = env.text("EMAIL_HOST", "")
EMAIL_PORT = env.number("EMAIL_PORT", 587)
EMAIL_HOST_USER = env.text("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_TLS", default=True)
EMAIL_TIMEOUT = 10
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = env.text("EMAIL_FROM", "Rembug <rembug@localhost>")

# Keepers of personal data besides `people` (rembug.lib.personal_data.Holder): exported and erased together.
DATA_HOLDERS = ["rembug.reports.actions.personal.holder", "rembug.cases.actions.personal.holder"]
# People below which a count of a published table is joined with others (rembug.evidence.rules.disclosure).
SMALLEST_K = max(env.number("REMBUG_SMALLEST_K", 5), 5)
# Hosts outside that may lie in a private network or speak plain HTTP: a gauge in the city's own net (rembug.lib.http).
TRUSTED_OUTSIDE = env.words("REMBUG_TRUSTED_OUTSIDE")
# Names of areas for `people`, which lies below `places`.
AREA_DIRECTORY = "rembug.places.queries"

# The public log: who signs (a file, made at the first need; servers of one log share it) and under which name.
AUDIT_KEY = env.text("REMBUG_AUDIT_KEY", str(VAR / "audit-key"))
AUDIT_ORIGIN = env.text("REMBUG_AUDIT_ORIGIN", "")  # empty: the address of PUBLIC_URL and /catatan
