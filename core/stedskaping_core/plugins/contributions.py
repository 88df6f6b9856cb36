"""What plugins hand to the platform at start: frozen records, one kind per `register_…` hook.

Nothing in this module imports Django models, Wagtail or graphene, so that any layer may use the records.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest
    from wagtail.blocks import Block
    from wagtail.models import Site

    from stedskaping_core.models import InitiativePage, User


@dataclass(frozen=True)
class Metric:
    """A number that an app publishes about initiatives.

    `key` is `<slug>.<name>`; `label` is a translatable sentence part; `unit` is one of `count`, `percent`,
    `hours`, `NOK`. `evaluate` takes many initiatives at once and answers with a mapping from initiative
    primary key to the number; an initiative that is left out counts as 0.
    """

    key: str
    label: Any
    unit: str
    evaluate: Callable[[Sequence[InitiativePage]], Mapping[int, Decimal]]


@dataclass(frozen=True)
class BlockType:
    """A StreamField block offered in one or more slots (`story`, `guidance`, `body`, `footer`).

    `name` becomes the stored type, so it never changes; a plugin's names start with its slug and an
    underscore. `factory` makes a fresh block instance, because a Wagtail block belongs to one parent.
    """

    name: str
    factory: Callable[[], Block]
    slots: tuple[str, ...]


@dataclass(frozen=True)
class EventType:
    """A kind of thing that happens, for the activity list, mails and webhooks.

    `key` is `<slug>.<past participle>`, for example `core.journey_started`. `text` is the translatable
    sentence for people, with `%(name)s` places that are filled from the event's `params`; an event type
    without a text never shows in an activity list. `shown` says how single params read in the active
    language: a function by the param's name, which gets the stored value (a date is an ISO text there).
    """

    key: str
    label: Any
    text: Any = ""
    shown: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Job:
    """Recurring work. `run` is called once per site where the plugin is enabled, at most every `every`.

    A job must be safe to run twice; the runner holds a lock per (job, site), so two runners never run the
    same one at the same time. A run that hasn't ended after `at_most` counts as dead, and the next runner
    takes over. `run` answers with a short line for the log, or None.
    """

    key: str
    run: Callable[[Site], str | None]
    every: timedelta
    at_most: timedelta = timedelta(hours=1)


@dataclass(frozen=True)
class GraphQLContribution:
    """GraphQL types of one app. Values are graphene classes; this layer doesn't look inside.

    `query`, `site`, `initiative` and `viewer` are object types that become one nullable field, named by
    the plugin's slug, on the type of that name. Their resolvers get the same object as the parent had: for
    `site` a `stedskaping_core.sites.SiteFacts` (its `id` is the Wagtail site's), for `initiative` the
    `InitiativePage`, for `viewer` the `User`, and for `query` None.

    `mutations` maps camelCase names (starting with the slug) to graphene fields. `pages` maps Wagtail page
    models to their type, `blocks` maps block names to theirs. `nodes` maps type names to a loader
    `(keys, context) -> {key: object}` that applies visibility, for `node(id)`. `types` lists what can be
    reached only through an interface or a union.

    `extend` maps a type name to a class whose fields join that type directly. Only core, graphql and cms
    may use it: a plugin gets its namespaced field, so that the per-site guard can't be passed by.
    """

    query: Any = None
    site: Any = None
    initiative: Any = None
    viewer: Any = None
    mutations: Mapping[str, Any] = field(default_factory=dict)
    pages: Mapping[type, Any] = field(default_factory=dict)
    blocks: Mapping[str, Any] = field(default_factory=dict)
    nodes: Mapping[str, Callable[[Sequence[str], Any], Mapping[str, Any]]] = field(default_factory=dict)
    types: Sequence[Any] = ()
    extend: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DashboardCard:
    """A number with a heading on the admin's home page. `url` leads to the list behind the number."""

    title: str
    value: str
    detail: str = ""
    url: str = ""
    icon: str = "info-circle"
    order: int = 500


@dataclass(frozen=True)
class InitiativePanel:
    """A box on an initiative's overview in the admin: a title and rows of label and value."""

    title: str
    rows: Sequence[tuple[str, str]]
    url: str = ""
    order: int = 500


@dataclass(frozen=True)
class PersonalData:
    """One file of a person's export: `name` without extension, `records` as JSON-ready mappings."""

    name: str
    records: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Erasure:
    """What erasing did, or with a dry run would do, to one kind of record.

    `erased` were deleted, `anonymised` stay without the person, `kept` stay as they are because of
    `reason`.
    """

    name: str
    erased: int = 0
    anonymised: int = 0
    kept: int = 0
    reason: str = ""


@dataclass(frozen=True)
class DemoContext:
    """What `load_demo_data` may use: everything is looked up by the keys of the demo content files."""

    sites: Mapping[str, Site]
    people: Mapping[tuple[str, str], User]
    initiatives: Mapping[str, InitiativePage]
    content: Mapping[str, Mapping[str, Any]]
    extra_people: Callable[[str, int], Sequence[User]]
    request: HttpRequest | None = None
