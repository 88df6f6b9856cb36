"""Environment variables as records: what each is for, what it may hold, and how a bad value is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

T = TypeVar("T")

TRUE_WORDS = ("1", "true", "yes", "on")
FALSE_WORDS = ("0", "false", "no", "off")


class EnvironmentProblem(ImproperlyConfigured):
    """The environment can't be used. `problems` has one sentence per variable."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  - {problem}" for problem in problems)
        super().__init__(f"Stedskaping can't start with this environment:\n{lines}")


@dataclass(frozen=True)
class Kind(Generic[T]):
    """A way to write values in the environment.

    `expected` ends the sentence "expected …". `parse` raises ValueError for text it doesn't understand;
    `show` is its opposite, for listings.
    """

    name: str
    expected: str
    parse: Callable[[str], T]
    show: Callable[[T], str] = str


@dataclass(frozen=True, kw_only=True)
class Variable(Generic[T]):
    """One setting that is read from the environment.

    `default` counts in every environment, unless `production` gives another one for production. A `secret`
    is never shown, neither in listings nor in error messages.
    """

    name: str
    kind: Kind[T]
    default: T
    description: str
    production: T | None = None
    secret: bool = False
    required_in_production: bool = False

    def default_for(self, *, production: bool) -> T:
        return self.production if production and self.production is not None else self.default

    def value(self, environ: Mapping[str, str], *, production: bool) -> T:
        """The value in `environ`; an empty text counts as not set. Raises ValueError with a full sentence."""
        text = environ.get(self.name, "").strip()
        if not text:
            if production and self.required_in_production:
                raise ValueError(
                    f"{self.name} is not set. Production needs it; expected {self.kind.expected}."
                )
            return self.default_for(production=production)
        try:
            return self.kind.parse(text)
        except ValueError:
            given = "a value that isn't shown because it is secret" if self.secret else repr(text)
            raise ValueError(f"{self.name} was given {given}; expected {self.kind.expected}.") from None


class Environment:
    """Checked values: `environment[VARIABLE]` has the variable's own type.

    All variables are checked at once, so that one start shows every mistake. Raises `EnvironmentProblem`.
    """

    def __init__(
        self, environ: Mapping[str, str], variables: Sequence[Variable[Any]], *, production: bool
    ) -> None:
        self._values: dict[str, Any] = {}
        problems = []
        for variable in variables:
            try:
                self._values[variable.name] = variable.value(environ, production=production)
            except ValueError as problem:
                problems.append(str(problem))
        if problems:
            raise EnvironmentProblem(problems)

    def __getitem__(self, variable: Variable[T]) -> T:
        value: T = self._values[variable.name]
        return value


def text(expected: str = "a text", *, minimum: int = 0) -> Kind[str]:
    """Free text of at least `minimum` characters."""

    def parse(value: str) -> str:
        if len(value) < minimum:
            raise ValueError(value)
        return value

    return Kind("text", expected, parse)


def choice(*options: str) -> Kind[str]:
    """One word out of a few."""

    def parse(value: str) -> str:
        if value not in options:
            raise ValueError(value)
        return value

    return Kind("choice", "one of " + ", ".join(options), parse)


def boolean() -> Kind[bool]:
    """On or off."""

    def parse(value: str) -> bool:
        word = value.lower()
        if word not in TRUE_WORDS + FALSE_WORDS:
            raise ValueError(value)
        return word in TRUE_WORDS

    return Kind("boolean", "true or false", parse, lambda value: "true" if value else "false")


def number(minimum: int, maximum: int) -> Kind[int]:
    """A whole number between two others, both included."""

    def parse(value: str) -> int:
        parsed = int(value)
        if not minimum <= parsed <= maximum:
            raise ValueError(value)
        return parsed

    return Kind("number", f"a whole number from {minimum} to {maximum}", parse)


def words(what: str) -> Kind[tuple[str, ...]]:
    """Several values with commas between them."""

    def parse(value: str) -> tuple[str, ...]:
        return tuple(word.strip() for word in value.split(",") if word.strip())

    return Kind("list", f"{what}, with commas between them", parse, ",".join)


def address(*schemes: str, host_needed: bool = True) -> Kind[str]:
    """An address with one of the schemes, without a slash at its end."""

    def parse(value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in schemes or (host_needed and not parts.hostname) or parts.port == 0:
            raise ValueError(value)
        return value.rstrip("/")

    return Kind("address", "an address that begins with " + " or ".join(f"{s}:" for s in schemes), parse)


def origins(what: str) -> Kind[tuple[str, ...]]:
    """Several `https://host` addresses, without a path."""
    one = address("https", "http")

    def parse(value: str) -> tuple[str, ...]:
        found = words(what).parse(value)
        for origin in found:
            if urlsplit(one.parse(origin)).path:
                raise ValueError(value)
        return found

    return Kind("list", f"{what}, with commas between them", parse, ",".join)


def proxies() -> Kind[tuple[str, ...]]:
    """Addresses and networks, and the word `unix` for a socket on the same machine."""

    def parse(value: str) -> tuple[str, ...]:
        found = words("").parse(value)
        return tuple(name if name == "unix" else str(ip_network(name)) for name in found)

    expected = "addresses or networks such as `10.0.0.0/8`, or `unix`, with commas between them"
    return Kind("list", expected, parse, ",".join)


def folder() -> Kind[Path]:
    """A folder; a relative one counts from where the program is started."""
    return Kind("folder", "a path", lambda value: Path(value).expanduser())
