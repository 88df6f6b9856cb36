"""One static schema out of what all installed apps contribute.

graphene's classes are only read: fields that join a type and the guards in front of plugins are put into the
`GraphQLSchema` that is being built, so several schemas can stand beside each other in one process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import wraps
from typing import Any

import graphene
from graphene.types.schema import TypeMap
from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    is_abstract_type,
    lexicographic_sort_schema,
    print_schema,
    validate_schema,
)

from .batching import batched
from .context import Context, context_of
from .errors import PluginIsDisabled
from .ownership import ENTRY_TYPES, ContributionError, Contributions, check_contributions, field_name
from .typetable import TypeTable, attach

# Says for which of the parents (all of the GraphQL type `owner`) the plugin `slug` is on.
Guard = Callable[[Context, str, str, Sequence[Any]], Sequence[bool]]

# What a plugin's field on Query answers: the executor takes None for "no object".
_ROOT = object()


def build_schema(
    contributions: Contributions, *, guard: Guard, disabled: tuple[type[Exception], ...] = ()
) -> GraphQLSchema:
    """The schema of these contributions: (slug, whether it is the platform's own, contribution).

    The platform's own `query`, `site`, `initiative`, `viewer` and `extend` join the types of those names. A
    plugin's become one nullable field, named by its slug, that `guard` decides about. A mutation that
    raises one of `disabled` answers `PLUGIN_DISABLED`.

    Raises `ContributionError`, naming the app, for what breaks the plugin contract, and `TypeError` for a
    schema that graphql-core finds invalid.
    """
    classes = check_contributions(contributions)
    type_map = _Map(contributions, guard, disabled, classes)
    schema = GraphQLSchema(
        query=type_map.query, mutation=type_map.mutation, types=type_map.types, description=_DESCRIPTION
    )
    problems = validate_schema(schema)
    if problems:
        raise TypeError("\n".join(problem.message for problem in problems))
    _check_blocks(schema, contributions)
    _check_abstract_types(schema, type_map.table)
    attach(schema, type_map.table)
    return schema


_DESCRIPTION = "Stedskaping: residents' projects from idea to a built place."


def print_sdl(schema: GraphQLSchema) -> str:
    """The schema as text, sorted by name, with a newline at the end: the same for the same schema."""
    return print_schema(lexicographic_sort_schema(schema)).rstrip("\n") + "\n"


class _Map(TypeMap):
    """graphene's type map, with fields that join a type, guarded entries and our own `resolve_type`."""

    def __init__(
        self,
        contributions: Contributions,
        guard: Guard,
        disabled: tuple[type[Exception], ...],
        classes: Mapping[str, Any],
    ) -> None:
        self.table = TypeTable()
        self._guard = guard
        self._extensions: dict[str, list[Any]] = {}
        self._entries: dict[str, list[tuple[str, Any]]] = {}
        self._root_entries: set[Any] = set()
        self._disabled = disabled
        types: list[Any] = []
        mutations: dict[str, Any] = {}
        for slug, builtin, contribution in contributions:
            self._collect_entries(slug, builtin, contribution)
            for name, extension in contribution.extend.items():
                self._extensions.setdefault(name, []).append(extension)
            mutations.update(contribution.mutations)
            types += [*contribution.types, *contribution.pages.values(), *contribution.blocks.values()]
            self.table.pages.update({model: shown._meta.name for model, shown in contribution.pages.items()})
            self.table.blocks.update({name: shown._meta.name for name, shown in contribution.blocks.items()})
            self.table.nodes.update(contribution.nodes)
        self._collect_classes(classes)
        self._check_owners(contributions, classes)
        query = type("Query", (graphene.ObjectType,), {"__doc__": "Where every reading starts."})
        mutation = type(
            "Mutation", (graphene.ObjectType,), {"__doc__": "Everything one can do.", **mutations}
        )
        has_mutations = bool(mutations) or "Mutation" in self._extensions
        super().__init__(query, mutation if has_mutations else None, None, types)

    def _collect_entries(self, slug: str, builtin: bool, contribution: Any) -> None:
        for owner, attribute in ENTRY_TYPES.items():
            entry = getattr(contribution, attribute)
            if entry is None:
                continue
            if builtin:
                self._extensions.setdefault(owner, []).append(entry)
            else:
                self._entries.setdefault(owner, []).append((slug, entry))
                if owner == "Query":
                    self._root_entries.add(entry)

    def _collect_classes(self, classes: Mapping[str, Any]) -> None:
        for name, graphene_type in classes.items():
            if issubclass(graphene_type, graphene.ObjectType):
                stands_for = graphene_type._meta.possible_types or ()
                self.table.classes[name] = [graphene_type, *stands_for]
        for model, name in self.table.pages.items():
            if model not in self.table.classes[name]:
                self.table.classes[name].append(model)

    def _check_owners(self, contributions: Contributions, classes: Mapping[str, Any]) -> None:
        """Refuse fields for types that don't exist."""
        for slug, builtin, contribution in contributions:
            wanted = {*contribution.extend} if builtin else set()
            wanted |= {
                owner for owner, name in ENTRY_TYPES.items() if getattr(contribution, name) is not None
            }
            missing = sorted(wanted - {*classes, "Query", "Mutation"})
            if missing:
                raise ContributionError(
                    slug, f"it adds fields to {', '.join(missing)}.", "There is no such type in the schema."
                )

    def create_objecttype(self, graphene_type: Any) -> GraphQLObjectType:
        """An object type without `is_type_of`: `TypeTable` knows what an object is shown as."""
        created: GraphQLObjectType = super().create_objecttype(graphene_type)
        created.is_type_of = None
        return created

    def create_interface(self, graphene_type: Any) -> GraphQLInterfaceType:
        """An interface that is resolved by `TypeTable`."""
        created: GraphQLInterfaceType = super().create_interface(graphene_type)
        created.resolve_type = self.table.resolve
        return created

    def construct_union(self, graphene_type: Any) -> Any:
        """A union that is resolved by `TypeTable`."""
        created = super().construct_union(graphene_type)
        created.resolve_type = self.table.resolve
        return created

    def create_fields_for_type(self, graphene_type: Any, is_input_type: bool = False) -> dict[str, Any]:
        """graphene's fields of a type, and those that contributions add to it."""
        fields: dict[str, Any] = super().create_fields_for_type(graphene_type, is_input_type)
        name = graphene_type._meta.name
        for extension in self._extensions.get(name, ()):
            _join(name, fields, super().create_fields_for_type(extension), extension)
        for slug, entry in self._entries.get(name, ()):
            _join(name, fields, {field_name(slug): self._entry_field(slug, name, entry)}, entry)
        if name == "Mutation":
            for created in fields.values():
                created.resolve = _mutation(created.resolve, self._disabled)
        if graphene_type in self._root_entries:
            for created in fields.values():
                created.resolve = _without_parent(created.resolve)
        return fields

    def _entry_field(self, slug: str, owner: str, entry: Any) -> GraphQLField:
        return GraphQLField(
            self.add_type(entry),
            resolve=_guarded(self._guard, slug, owner, entry._meta.name),
            description=f'The plugin "{slug}". Null where it is off.',
        )


def _join(type_name: str, fields: dict[str, Any], more: Mapping[str, Any], source: Any) -> None:
    twice = sorted(fields.keys() & more.keys())
    if twice:
        raise TypeError(f"{source._meta.name} adds {', '.join(twice)} to {type_name}, which has it already.")
    fields.update(more)


def _guarded(guard: Guard, slug: str, owner: str, entry_name: str) -> Callable[..., Any]:
    """The resolver of a plugin's field: the parent itself where the plugin is on, else None."""

    @batched
    def entry(parents: Sequence[Any], info: GraphQLResolveInfo) -> Sequence[Any]:
        context = context_of(info)
        allowed = guard(context, slug, owner, parents)
        # Parents without the plugin stay out of the batches under this field.
        off = [parent for parent, on in zip(parents, allowed, strict=True) if not on]
        context.siblings.bar(entry_name, off)
        shown = [_ROOT if parent is None else parent for parent in parents]
        return [parent if on else None for parent, on in zip(shown, allowed, strict=True)]

    return entry


def _without_parent(resolve: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(resolve)
    def from_root(_parent: Any, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        return resolve(None, info, **arguments)

    return from_root


def _mutation(resolve: Callable[..., Any], disabled: tuple[type[Exception], ...]) -> Callable[..., Any]:
    """A mutation's resolver that starts from a clean slate and names the plugin that is off."""

    @wraps(resolve)
    def mutate(parent: Any, info: GraphQLResolveInfo, **arguments: Any) -> Any:
        context_of(info).start_over()
        try:
            return resolve(parent, info, **arguments)
        except disabled as error:
            raise PluginIsDisabled("This part of the platform is switched off for the site.") from error

    return mutate


def block_conflicts(schema: GraphQLSchema) -> list[str]:
    """Fields that two blocks have with different types or arguments, one sentence each.

    GraphQL refuses a query that asks for both, so no query could ask for all blocks.
    """
    interface = schema.type_map.get("Block")
    if not isinstance(interface, GraphQLInterfaceType):
        return []
    first: dict[str, tuple[str, str]] = {}
    conflicts: list[str] = []
    for block in sorted(schema.get_possible_types(interface), key=lambda item: item.name):
        for name, block_field in block.fields.items():
            kind = _signature(block_field)
            other, known = first.setdefault(name, (block.name, kind))
            if known != kind:
                conflicts.append(f"{other}.{name} is {known}, but {block.name}.{name} is {kind}.")
    return conflicts


def _signature(block_field: GraphQLField) -> str:
    arguments = ", ".join(f"{name}: {item.type}" for name, item in sorted(block_field.args.items()))
    return f"({arguments}): {block_field.type}" if arguments else str(block_field.type)


def _check_blocks(schema: GraphQLSchema, contributions: Contributions) -> None:
    conflicts = block_conflicts(schema)
    if conflicts:
        owners = [slug for slug, _, contribution in contributions if _names_one(contribution, conflicts)]
        raise ContributionError(
            ", ".join(owners) or "?",
            " ".join(conflicts),
            "Rename one of the fields, so that one query can ask for all blocks.",
        )


def _names_one(contribution: Any, conflicts: Iterable[str]) -> bool:
    names = [shown._meta.name for shown in contribution.blocks.values()]
    return any(f"{name}." in conflict for name in names for conflict in conflicts)


def _check_abstract_types(schema: GraphQLSchema, table: TypeTable) -> None:
    """Find classes that two types of one interface or union stand for before a request does."""
    for named in schema.type_map.values():
        if is_abstract_type(named):
            try:
                table.table_of(schema, named)  # type: ignore[arg-type]
            except ValueError as error:
                raise TypeError(str(error)) from error
