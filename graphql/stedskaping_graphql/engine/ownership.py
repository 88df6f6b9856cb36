"""Whose a type is: walks what each contribution brings and refuses what doesn't belong to it."""

from __future__ import annotations

import inspect
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from graphene import Dynamic, Enum, InputObjectType, Interface, List, NonNull, ObjectType, Scalar, Union
from graphene.types.scalars import ID, Boolean, Float, Int, String

from stedskaping_core.plugins.contributions import GraphQLContribution

from . import scalars
from .connections import PageInfo
from .nodes import Node

# The types that plugins may add one field to, and which attribute of a contribution brings it.
ENTRY_TYPES = {"Query": "query", "Site": "site", "Initiative": "initiative", "Viewer": "viewer"}

Contributions = Sequence[tuple[str, bool, GraphQLContribution]]

_BUILT_INTO_GRAPHQL = (String, Int, Float, Boolean, ID)
# What every app may use without owning it.
_SHARED = (scalars.Date, scalars.DateTime, scalars.Decimal, scalars.JSON, scalars.UUID, Node, PageInfo)


class ContributionError(Exception):
    """What an app hands in for the schema can't be taken.

    `slug` says whose it is; the message says what is wrong and what to do about it.
    """

    def __init__(self, slug: str, problem: str, advice: str) -> None:
        super().__init__(f'GraphQL contribution of "{slug}": {problem} {advice}')
        self.slug = slug
        self.problem = problem
        self.advice = advice


def camel(slug: str) -> str:
    """`local_food` as `LocalFood`: how names of a plugin's types start."""
    return "".join(part.capitalize() for part in slug.replace("-", "_").split("_"))


def field_name(slug: str) -> str:
    """`local_food` as `localFood`: how a plugin's field and its mutations are named."""
    name = camel(slug)
    return name[:1].lower() + name[1:]


def check_contributions(contributions: Contributions) -> dict[str, Any]:
    """Check all contributions and answer with every named type: its name and the graphene class.

    Raises `ContributionError` for the first thing that breaks a rule of the plugin contract.
    """
    classes: dict[str, Any] = {shared._meta.name: shared for shared in _SHARED}
    owners = dict.fromkeys(classes, "graphql")
    mutations: dict[str, str] = {}
    nodes: dict[str, str] = {}
    blocks: dict[str, str] = {}
    pages: dict[type, str] = {}
    # The platform's own come first, so that a plugin never owns a type that it only refers to.
    for slug, builtin, contribution in sorted(contributions, key=lambda item: not item[1]):
        _check_shapes(slug, contribution)
        if not builtin:
            _check_names(slug, contribution)
        for name in contribution.mutations:
            _claim(mutations, name, slug, "the mutation")
        for name in contribution.nodes:
            _claim(nodes, name, slug, "the node loader")
        for name in contribution.blocks:
            _claim(blocks, name, slug, "the block")
        for model in contribution.pages:
            _claim(pages, model, slug, "the page model", model.__qualname__)
        for graphene_type in walk(_roots(contribution)):
            name = graphene_type._meta.name
            known = classes.setdefault(name, graphene_type)
            if known is not graphene_type:
                raise ContributionError(
                    slug,
                    f"the type {name} ({_place(graphene_type)}) has the name of a type of"
                    f' "{owners[name]}" ({_place(known)}).',
                    "Rename it, or use the other one.",
                )
            if name not in owners:
                owners[name] = slug
                if not builtin:
                    _check_type_name(slug, contribution, name, graphene_type)
    return classes


def _check_shapes(slug: str, contribution: GraphQLContribution) -> None:
    """What holds for everybody: entries are object types, pages and blocks too."""
    for owner, attribute in ENTRY_TYPES.items():
        entry = getattr(contribution, attribute)
        if entry is None:
            continue
        if isinstance(entry, (NonNull, List)):
            raise ContributionError(
                slug,
                f'"{attribute}" is {entry}, but the field on {owner} has to be null where the plugin is off.',
                "Give the object type itself, without NonNull or List.",
            )
        if not _is_object_type(entry):
            raise ContributionError(
                slug,
                f'"{attribute}" is {entry!r}, which is no object type.',
                "Give a graphene ObjectType class.",
            )
    for key, shown in [*contribution.pages.items(), *contribution.blocks.items()]:
        if not _is_object_type(shown):
            raise ContributionError(
                slug,
                f"{key!r} is shown as {shown!r}, which is no object type.",
                "Give a graphene ObjectType class.",
            )


def _check_names(slug: str, contribution: GraphQLContribution) -> None:
    """What holds for plugins: names start with the slug, and nobody else's type is changed."""
    if contribution.extend:
        raise ContributionError(
            slug,
            f"it extends {', '.join(sorted(contribution.extend))}.",
            f'Only the platform may do that. Put the fields under "{field_name(slug)}", where they are off'
            " when the plugin is.",
        )
    for name in contribution.mutations:
        _check_prefix(slug, name, field_name(slug), "the mutation")
    for name in contribution.nodes:
        _check_prefix(slug, name, camel(slug), "the node loader")
    for name in contribution.blocks:
        _check_prefix(slug, name, f"{slug.replace('-', '_')}_", "the block")


def _check_type_name(slug: str, contribution: GraphQLContribution, name: str, graphene_type: Any) -> None:
    for owner, attribute in ENTRY_TYPES.items():
        if getattr(contribution, attribute) is graphene_type and name == f"{owner}{camel(slug)}":
            return
    _check_prefix(slug, name, camel(slug), "the type")


def _check_prefix(slug: str, name: str, prefix: str, what: str) -> None:
    if not name.startswith(prefix) or name == prefix:
        raise ContributionError(
            slug,
            f'{what} {name} doesn\'t start with "{prefix}".',
            "Names that a plugin owns start with its slug; rename it.",
        )


def _claim(owners: dict[Any, str], key: Any, slug: str, what: str, shown: str = "") -> None:
    owner = owners.setdefault(key, slug)
    if owner != slug:
        raise ContributionError(slug, f'{what} {shown or key} belongs to "{owner}".', "Choose another one.")


def _is_object_type(value: Any) -> bool:
    return inspect.isclass(value) and issubclass(value, ObjectType)


def _place(graphene_type: Any) -> str:
    return f"{graphene_type.__module__}.{graphene_type.__qualname__}"


def _roots(contribution: GraphQLContribution) -> Iterator[Any]:
    """Everything that a contribution names: types, and fields of mutations and extensions."""
    for attribute in ENTRY_TYPES.values():
        entry = getattr(contribution, attribute)
        if entry is not None:
            yield entry
    yield from contribution.mutations.values()
    yield from contribution.pages.values()
    yield from contribution.blocks.values()
    yield from contribution.types
    for extension in contribution.extend.values():
        yield from extension._meta.fields.values()


def walk(roots: Iterable[Any]) -> Iterator[Any]:
    """Every named graphene type that can be reached from these types and fields, each once."""
    seen: set[Any] = set()
    waiting: deque[Any] = deque(roots)
    while waiting:
        item: Any = waiting.popleft()
        if isinstance(item, Dynamic):
            item = item.get_type()
        if inspect.isfunction(item):
            item = item()
        while isinstance(item, (NonNull, List)):
            item = item.of_type
        if not inspect.isclass(item):
            # A field, an argument or an input field.
            waiting.extend(getattr(item, "args", {}).values())
            waiting.append(item.type)
        elif item not in seen and item not in _BUILT_INTO_GRAPHQL:
            seen.add(item)
            waiting.extend(_referred_to(item))
            yield item


def _referred_to(graphene_type: Any) -> Iterator[Any]:
    """The fields, interfaces and members of a named type."""
    if issubclass(graphene_type, Union):
        yield from graphene_type._meta.types
    elif issubclass(graphene_type, (ObjectType, Interface, InputObjectType)):
        yield from graphene_type._meta.fields.values()
        yield from getattr(graphene_type._meta, "interfaces", ())
    elif not issubclass(graphene_type, (Scalar, Enum)):
        raise TypeError(f"{graphene_type!r} is no graphene type.")
