"""Every environment variable that Stedskaping reads, declared once.

The settings read them through `read()`, `stedskaping settings` lists them, and the table in
`docs/operator.md` is made from them (a test compares the two).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from stedskaping_cms.variables import (
    Environment,
    EnvironmentProblem,
    Variable,
    address,
    boolean,
    choice,
    folder,
    number,
    origins,
    proxies,
    text,
    words,
)

ENV = Variable(
    name="STEDSKAPING_ENV",
    kind=choice("demo", "test", "production"),
    default="demo",
    description="Which settings count: `demo` needs nothing else, "
    "`production` refuses to start half configured.",
)
SECRET_KEY = Variable(
    name="SECRET_KEY",
    kind=text("at least 50 characters that nobody can guess", minimum=50),
    default="",
    description="Signs sessions, image addresses and links in mails. "
    "The demo makes one and keeps it in the data folder.",
    secret=True,
    required_in_production=True,
)
SECRET_KEY_FALLBACKS = Variable(
    name="SECRET_KEY_FALLBACKS",
    kind=words("former secret keys"),
    default=(),
    description="Former keys that still verify what they have signed, while a new key is taken into use.",
    secret=True,
)
ALLOWED_HOSTS = Variable(
    name="ALLOWED_HOSTS",
    kind=words("host names (`.example.no` also allows its sub-domains)"),
    default=("localhost", "127.0.0.1", "[::1]", ".localhost", "testserver"),
    description="Host names this server answers to. Name the admin's host and every pilot's.",
    required_in_production=True,
)
CSRF_TRUSTED_ORIGINS = Variable(
    name="CSRF_TRUSTED_ORIGINS",
    kind=origins("origins such as `https://admin.example.no`"),
    default=(),
    description="Origins from which the admin's forms may be sent, where they differ from the server's own.",
)
ADMIN_BASE_URL = Variable(
    name="WAGTAILADMIN_BASE_URL",
    kind=address("https", "http"),
    default="http://localhost:8000",
    description="Where people reach the admin. Links in mails to staff begin with it.",
    required_in_production=True,
)
DATABASE_URL = Variable(
    name="DATABASE_URL",
    kind=address("postgres", "postgresql", "sqlite", host_needed=False),
    default="",
    description="PostgreSQL 15 or later: `postgres://user:password@host:5432/name`. "
    "Without it a SQLite file in the data folder is used.",
    secret=True,
    required_in_production=True,
)
DATABASE_POOL = Variable(
    name="STEDSKAPING_DATABASE_POOL",
    kind=number(0, 1000),
    default=10,
    description="How many PostgreSQL connections one server process keeps at most; 0 opens one per request. "
    "Give it at least the number of threads plus one.",
)
REDIS_URL = Variable(
    name="REDIS_URL",
    kind=address("redis", "rediss", "unix", host_needed=False),
    default="",
    description="Redis for cache, rate limits and content versions: `redis://host:6379/0`. "
    "Without it each process has its own, which is right for one process only.",
    secret=True,
)
EMAIL_URL = Variable(
    name="EMAIL_URL",
    kind=address("console", "smtp", "smtps", host_needed=False),
    default="console:",
    description="Where mail goes: `console:` prints it; `smtp://user:password@host:587` uses STARTTLS "
    "(`?starttls=false` turns that off), `smtps://user:password@host:465` uses TLS from the start.",
    secret=True,
    required_in_production=True,
)
MAIL_FROM = Variable(
    name="DEFAULT_FROM_EMAIL",
    kind=text("a mail address, or a name and the address in angle brackets"),
    default="Stedskaping <noreply@example.org>",
    description="The sender of all mail.",
    required_in_production=True,
)
DATA_DIR = Variable(
    name="STEDSKAPING_DATA_DIR",
    kind=folder(),
    default=Path("var"),
    description="Folder for uploaded files, collected static files and the SQLite database.",
)
PLUGINS_EXCLUDE = Variable(
    name="STEDSKAPING_PLUGINS_EXCLUDE",
    kind=words("slugs of plugins"),
    default=(),
    description="Installed plugins that are left out, for example `funding`.",
)
GRAPHQL_EXPLORER = Variable(
    name="STEDSKAPING_GRAPHQL_EXPLORER",
    kind=boolean(),
    default=True,
    production=False,
    description="Whether `/graphiql` and `/schema.graphql` are there.",
)
GRAPHQL_POLICY = Variable(
    name="STEDSKAPING_GRAPHQL_POLICY",
    kind=choice("open", "persisted_or_authenticated", "trusted_only"),
    default="open",
    description="Which GraphQL documents are run: any; stored ones, and any for people who are signed in; "
    "stored ones only. `stedskaping import_documents` stores them.",
)
RATE_LIMIT_ANONYMOUS = Variable(
    name="STEDSKAPING_RATE_LIMIT_ANONYMOUS",
    kind=number(0, 1_000_000_000),
    default=300_000,
    description="What anonymous callers of the API may spend in a minute, per address: a request costs 50 "
    "and 1 for each object of its answer, a new document 500 more. 0 turns it off.",
)
RATE_LIMIT_SIGNED_IN = Variable(
    name="STEDSKAPING_RATE_LIMIT_SIGNED_IN",
    kind=number(0, 1_000_000_000),
    default=1_000_000,
    description="The same for everybody who is signed in, per person.",
)
TRUSTED_PROXIES = Variable(
    name="STEDSKAPING_TRUSTED_PROXIES",
    kind=proxies(),
    default=(),
    description="Your own proxies, whose `X-Forwarded-For` says where a visitor comes from. "
    "Without them all visitors behind a proxy share one address and one rate limit.",
)
API_STATEMENT_TIMEOUT = Variable(
    name="STEDSKAPING_API_STATEMENT_TIMEOUT",
    kind=number(0, 600),
    default=5,
    description="After how many seconds PostgreSQL ends a statement of a query to the API; "
    "0 leaves that to the database.",
)
SSL_REDIRECT = Variable(
    name="STEDSKAPING_SSL_REDIRECT",
    kind=boolean(),
    default=False,
    production=True,
    description="Send visitors from HTTP to HTTPS. Read in production only. "
    "Behind a proxy it needs `STEDSKAPING_PROXY_SSL_HEADER`.",
)
HSTS_SECONDS = Variable(
    name="STEDSKAPING_HSTS_SECONDS",
    kind=number(0, 63_072_000),
    default=0,
    production=31_536_000,
    description="How long browsers remember to use HTTPS only. Read in production only.",
)
PROXY_SSL_HEADER = Variable(
    name="STEDSKAPING_PROXY_SSL_HEADER",
    kind=text("the name of a header"),
    default="",
    description="Header in which your proxy says `https`, usually `X-Forwarded-Proto`. "
    "Set it only when the proxy always overwrites what visitors send. Read in production only.",
)
LOG_FORMAT = Variable(
    name="STEDSKAPING_LOG_FORMAT",
    kind=choice("text", "json"),
    default="text",
    production="json",
    description="Log lines for people or for a log collector; both go to standard error.",
)
LOG_LEVEL = Variable(
    name="STEDSKAPING_LOG_LEVEL",
    kind=choice("DEBUG", "INFO", "WARNING", "ERROR"),
    default="INFO",
    description="The least serious messages that are logged.",
)
DEBUG = Variable(
    name="STEDSKAPING_DEBUG",
    kind=boolean(),
    default=False,
    description="Django's debug mode, for developers. Read in the demo only.",
)

DEMO_PASSWORD = Variable(
    name="STEDSKAPING_DEMO_PASSWORD",
    kind=text(),
    default="seks-maneder-og-seks-dager",
    description="The password of all accounts that `stedskaping demo` makes. Never used in production.",
)

VARIABLES: tuple[Variable, ...] = tuple(
    found for found in list(globals().values()) if isinstance(found, Variable)
)


def read(environ: Mapping[str, str] = os.environ) -> Environment:
    """All variables, checked. Raises `EnvironmentProblem` with every mistake at once."""
    try:
        production = ENV.value(environ, production=False) == "production"
    except ValueError as problem:
        raise EnvironmentProblem([str(problem)]) from None
    return Environment(environ, VARIABLES, production=production)


def unknown(environ: Mapping[str, str] = os.environ) -> list[str]:
    """Names that look like settings of ours but aren't: most often a spelling mistake."""
    known = {variable.name for variable in VARIABLES}
    return sorted(name for name in environ if name.startswith("STEDSKAPING_") and name not in known)
