"""`Node`, `node(id)` and `nodes(ids)`: anything with a global id, through the loader of its type."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from .batching import register_siblings
from .connections import LARGEST_PAGE
from .context import context_of
from .errors import BadUserInput
from .fields import argument, field, non_null_list
from .ids import from_global_id
from .typetable import type_table


class Node(graphene.Interface):
    """Anything that can be fetched again by its id."""

    id = field(graphene.ID)


def load_nodes(info: GraphQLResolveInfo, global_ids: Sequence[str], argument_name: str = "ids") -> list[Any]:
    """The objects behind global ids, None for what doesn't exist or may not be seen.

    Calls the loader of each type once; the loaders apply visibility. Raises `BadUserInput` for
    a malformed id.
    """
    loaders = type_table(info.schema).nodes
    wanted = [from_global_id(global_id, argument_name) for global_id in global_ids]
    keys_by_type: dict[str, dict[str, None]] = {}
    for type_name, key in wanted:
        if type_name in loaders:
            keys_by_type.setdefault(type_name, {})[key] = None
    context = context_of(info)
    found = {name: loaders[name](list(keys), context) for name, keys in keys_by_type.items()}
    objects = [found[name].get(key) if name in found else None for name, key in wanted]
    register_siblings(context, objects)
    return objects


class NodeQueries(graphene.ObjectType):
    """`node` and `nodes`, to be joined to `Query`."""

    node = field(Node, required=False, id=argument(graphene.ID, required=True))
    nodes = field(
        graphene.NonNull(graphene.List(Node)),
        ids=argument(non_null_list(graphene.ID)),
        description=f"In the order of the ids, null for what isn't there. {LARGEST_PAGE} at most.",
    )

    @staticmethod
    def resolve_node(parent: Any, info: GraphQLResolveInfo, id: str) -> Any:
        """One object by its id."""
        return load_nodes(info, [id], "id")[0]

    @staticmethod
    def resolve_nodes(parent: Any, info: GraphQLResolveInfo, ids: Sequence[str]) -> list[Any]:
        """Several objects by their ids."""
        if len(ids) > LARGEST_PAGE:
            raise BadUserInput(f'The argument "ids" takes {LARGEST_PAGE} ids at most, not {len(ids)}.')
        return load_nodes(info, ids)
