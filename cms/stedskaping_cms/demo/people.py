"""The people of the demo, and the table of those who can sign in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from stedskaping_cms.demo import texts
from stedskaping_cms.demo.state import Demo, email
from stedskaping_core.models import User

ADMIN_NAME = "Stedskaping drift"
ROLES: dict[str, Promise] = {
    "admin": _("Administrator of the platform"),
    "manager": _("Manager"),
    "editor": _("Editor"),
    "moderator": _("Moderator"),
    "facilitator": _("Facilitator"),
    "initiator": _("Initiator"),
    "resident": _("Resident"),
}


@dataclass(frozen=True)
class Account:
    """A line of the table: who can sign in, as what, and where."""

    email: str
    name: str
    role: Promise
    pilot: str


def accounts() -> list[Account]:
    """One account per role and pilot, and the platform's administrator."""
    found = [Account(email("admin"), ADMIN_NAME, ROLES["admin"], "")]
    for key, entry in texts.pilots().items():
        for person in entry["people"]:
            if person["key"] in ROLES:
                role = ROLES[person["role"]]
                found.append(Account(email(person["key"], key), person["name"], role, entry["name"]))
    return found


def people_add(demo: Demo) -> int:
    """The administrator and all named people, as far as they are missing; how many that were."""
    # One hash for all: they share a password that everybody is told, and hashing is slow on purpose.
    password = make_password(settings.STEDSKAPING_DEMO_PASSWORD)
    first = demo.calendar.today - dt.timedelta(days=700)
    people = [_person(email("admin"), ADMIN_NAME, "nb", first, password, is_staff=True, is_superuser=True)]
    for key, entry in texts.pilots().items():
        since = demo.calendar.day(entry["starts_on"])
        for number, person in enumerate(entry["people"]):
            joined = since - dt.timedelta(days=max(1, 20 - number))
            address = email(person["key"], key)
            people.append(_person(address, person["name"], entry["locale"], joined, password))
    return len(_add(people))


def extra_people(demo: Demo, pilot: str, number: int) -> Sequence[User]:
    """The first `number` of a pilot's nameless crowd; the same people every time. They can't sign in."""
    first, last = texts.names()
    entry = texts.pilots()[pilot]
    offset = list(texts.pilots()).index(pilot) * 97
    since = demo.calendar.day(entry["starts_on"])
    wanted = []
    for count in range(1, number + 1):
        # The two lists have lengths without a common divisor, so no name comes twice.
        name = f"{first[(count + offset) % len(first)]} {last[(count + offset) % len(last)]}"
        address = email(f"x{count:03}", pilot)
        wanted.append(_person(address, name, entry["locale"], since, make_password(None)))
    _add(wanted)
    return list(User.objects.filter(email__in=[user.email for user in wanted]).order_by("email"))


def _person(address: str, name: str, locale: str, joined: dt.date, password: str, **fields: bool) -> User:
    first_name, _space, last_name = name.rpartition(" ")
    return User(
        email=address,
        display_name=name,
        first_name=first_name,
        last_name=last_name,
        locale=locale,
        date_joined=texts.at(joined, 19),
        password=password,
        **fields,
    )


def _add(people: Iterable[User]) -> list[User]:
    """Write those whose address is free."""
    by_email = {user.email: user for user in people}
    there = set(User.objects.filter(email__in=by_email).values_list("email", flat=True))
    return User.objects.bulk_create([user for address, user in by_email.items() if address not in there])
