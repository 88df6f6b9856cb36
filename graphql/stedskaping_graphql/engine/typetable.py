"""Which GraphQL type an object is shown as: the tables behind every interface and union."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from graphql import GraphQLAbstractType, GraphQLResolveInfo, GraphQLSchema

NodeLoader = Callable[[Sequence[str], Any], Mapping[str, Any]]

UNKNOWN_BLOCK = "UnknownBlock"
_EXTENSION = "stedskaping.types"


class UnresolvableType(Exception):
    """A resolver answered an object that no type of the interface or union stands for."""


class TypeTable:
    """What the contributions say about Python objects, looked up while an answer is completed.

    `classes` maps a GraphQL type name to the Python classes it stands for: page models, `possible_types`
    and the graphene class itself. `blocks` maps block names to type names. `nodes` maps type names to the
    loaders behind `node(id)`.
    """

    def __init__(self) -> None:
        self.classes: dict[str, list[type]] = {}
        self.blocks: dict[str, str] = {}
        self.nodes: dict[str, NodeLoader] = {}
        self.pages: dict[type, str] = {}
        self._by_abstract_type: dict[str, dict[type, str]] = {}

    def page_type(self, model: type) -> str | None:
        """The name of the type a page model is shown as; None for a model that isn't in the API."""
        return next((self.pages[base] for base in model.__mro__ if base in self.pages), None)

    def resolve(self, value: Any, info: GraphQLResolveInfo, abstract_type: GraphQLAbstractType) -> str:
        """The `resolve_type` of every interface and union.

        Blocks go by their `block_type`, everything else by its class. Raises `UnresolvableType`.
        """
        if abstract_type.name == "Block":
            name = self.blocks.get(getattr(value, "block_type", ""))
            if name is not None:
                return name
        known = self._by_abstract_type.get(abstract_type.name)
        if known is None:
            known = self.table_of(info.schema, abstract_type)
            self._by_abstract_type[abstract_type.name] = known
        for base in type(value).__mro__:
            name = known.get(base)
            if name is not None:
                # A subclass is found at once the next time.
                known[type(value)] = name
                return name
        if abstract_type.name == "Block" and UNKNOWN_BLOCK in info.schema.type_map:
            return UNKNOWN_BLOCK
        raise UnresolvableType(
            f"{info.parent_type.name}.{info.field_name} answered a {type(value).__qualname__}, which no type"
            f" of {abstract_type.name} stands for. Name the class in the possible_types of a type, or the"
            " page model in the contribution's pages."
        )

    def table_of(self, schema: GraphQLSchema, abstract_type: GraphQLAbstractType) -> dict[type, str]:
        """The classes of the object types behind an interface or union.

        Raises `ValueError` when two of these types stand for the same class.
        """
        table: dict[type, str] = {}
        for possible in sorted(schema.get_possible_types(abstract_type), key=lambda item: item.name):
            for kind in self.classes.get(possible.name, ()):
                other = table.setdefault(kind, possible.name)
                if other != possible.name:
                    raise ValueError(
                        f"{abstract_type.name} can't tell {other} from {possible.name}:"
                        f" both stand for {kind.__module__}.{kind.__qualname__}."
                    )
        return table


def type_table(schema: GraphQLSchema) -> TypeTable:
    """The table of a schema made by `build_schema`."""
    return cast(TypeTable, schema.extensions[_EXTENSION])


def attach(schema: GraphQLSchema, table: TypeTable) -> None:
    """Make `type_table(schema)` answer `table`."""
    schema.extensions[_EXTENSION] = table
