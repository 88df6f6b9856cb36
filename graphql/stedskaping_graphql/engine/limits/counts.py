"""Counting what a document asks for, in one pass over its nodes and one over its fragments.

A fragment is counted once, however often it is spread: 20 fragments that each spread the next one twice ask
for a million fields, and that is found out by 20 multiplications.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    ListTypeNode,
    ListValueNode,
    Node,
    ObjectValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
)

from ..errors import ErrorCode, LimitExceeded
from .tables import Limits, check_size

INTROSPECTION = ("__schema", "__type")
# Numbers stop growing here. It is far over every limit, and keeps the arithmetic of a fan-out short.
CEILING = 1_000_000_000


@dataclass(frozen=True)
class Counts:
    """What a document asks for; each number is compared with the limit of the same name."""

    characters: int
    tokens: int
    depth: int
    introspection_depth: int
    fields: int
    same_key: int
    aliases: int
    query_root_fields: int
    mutation_root_fields: int
    directives: int
    directives_per_node: int

    def check(self, limits: Limits) -> None:
        """Raises `LimitExceeded` for the first limit that the document is over."""
        codes = ErrorCode
        check_size(self.characters, limits.characters, codes.LIMIT_TOKENS, "Characters in the document")
        check_size(self.tokens, limits.tokens, codes.LIMIT_TOKENS, "Tokens in the document")
        check_size(self.aliases, limits.aliases, codes.LIMIT_ALIASES, "Aliases in the document")
        check_size(self.depth, limits.depth, codes.LIMIT_DEPTH, "Depth of the document")
        check_size(
            self.introspection_depth,
            limits.introspection_depth,
            codes.LIMIT_DEPTH,
            "Depth of the question about the schema",
        )
        check_size(self.fields, limits.fields, codes.LIMIT_FIELDS, "Fields, with all fragments in place")
        check_size(
            self.same_key, limits.same_key, codes.LIMIT_FIELDS, "Times one field stands in one selection set"
        )
        check_size(
            self.query_root_fields, limits.query_root_fields, codes.LIMIT_FIELDS, "Root fields of a query"
        )
        check_size(
            self.mutation_root_fields,
            limits.mutation_root_fields,
            codes.LIMIT_FIELDS,
            "Root fields of a mutation",
        )
        check_size(self.directives, limits.directives, codes.LIMIT_FIELDS, "Directives in the document")
        check_size(
            self.directives_per_node,
            limits.directives_per_node,
            codes.LIMIT_FIELDS,
            "Directives at one place",
        )


def count(document: DocumentNode, characters: int) -> Counts:
    """Count a parsed document of so many characters.

    Raises `LimitExceeded` with `LIMIT_DEPTH` for fragments that spread themselves, since those never end.
    """
    tally = _Tally()
    operations: list[tuple[OperationType, _Definition]] = []
    fragments: dict[str, _Definition] = {}
    for node in document.definitions:
        if isinstance(node, OperationDefinitionNode):
            for variable in node.variable_definitions:
                tally.directives_of(variable)
                tally.brackets(_type_depth(variable.type))
                tally.values([variable.default_value] if variable.default_value else [])
            operations.append((node.operation, tally.definition(node)))
        elif isinstance(node, FragmentDefinitionNode):
            fragments[node.name.value] = tally.definition(node)
    expanded = _expand(fragments)
    totals = [(kind, local.expand(expanded)) for kind, local in operations]
    # A fragment that nobody spreads is validated all the same.
    spread = {
        name
        for local in [*fragments.values(), *(local for _kind, local in operations)]
        for name, _around, _introspection in local.spreads
    }
    unused = [total for name, total in expanded.items() if name not in spread]
    everything = [*unused, *(total for _kind, total in totals)]
    return Counts(
        characters=characters,
        tokens=document.token_count,
        depth=max((tally.depth_in_brackets, *(total.depth for total in everything))),
        introspection_depth=max((0, *(total.introspection_depth for total in everything))),
        fields=sum(total.fields for total in everything),
        same_key=tally.same_key,
        aliases=tally.aliases,
        query_root_fields=_most_root_fields(totals, OperationType.QUERY),
        mutation_root_fields=_most_root_fields(totals, OperationType.MUTATION),
        directives=tally.directives,
        directives_per_node=tally.directives_per_node,
    )


@dataclass(frozen=True)
class _Total:
    """An operation or a fragment with all fragments in place."""

    fields: int
    root_fields: int
    depth: int
    introspection_depth: int


@dataclass
class _Definition:
    """An operation or a fragment as it is written: its own fields, and where it spreads which fragment."""

    fields: int = 0
    root_fields: int = 0
    depth: int = 0
    introspection_depth: int = 0
    # name, number of fields around the spread, whether one of them asks about the schema
    spreads: list[tuple[str, int, bool]] = field(default_factory=list)

    def expand(self, fragments: dict[str, _Total]) -> _Total:
        """With its fragments in place. One that doesn't exist is left to the validation."""
        fields, root_fields = self.fields, self.root_fields
        depth, introspection_depth = self.depth, self.introspection_depth
        for name, around, introspection in self.spreads:
            fragment = fragments.get(name)
            if fragment is None:
                continue
            fields += fragment.fields
            if around == 0:
                root_fields += fragment.root_fields
            inside = around + fragment.depth
            if introspection:
                introspection_depth = max(introspection_depth, inside)
            else:
                depth = max(depth, inside)
            if fragment.introspection_depth:
                introspection_depth = max(introspection_depth, around + fragment.introspection_depth)
        return _Total(
            min(fields, CEILING),
            min(root_fields, CEILING),
            min(depth, CEILING),
            min(introspection_depth, CEILING),
        )


class _Tally:
    """The counts that don't depend on how often a fragment is spread."""

    def __init__(self) -> None:
        self.aliases = 0
        self.directives = 0
        self.directives_per_node = 0
        self.same_key = 0
        self.depth_in_brackets = 0

    def definition(self, node: OperationDefinitionNode | FragmentDefinitionNode) -> _Definition:
        """Count the definition's own nodes, without recursion."""
        found = _Definition()
        self.directives_of(node)
        # A selection set, the number of fields around it, whether one of those asks about the schema, and
        # the keys of the selection set with the type condition they are under. An inline fragment shares
        # the keys of the selection set that it stands in.
        keys: Counter[tuple[str, str]] = Counter()
        stack: list[tuple[SelectionSetNode, int, bool, Counter[tuple[str, str]], str]] = [
            (node.selection_set, 0, False, keys, "")
        ]
        while stack:
            selection_set, around, introspection, keys, condition = stack.pop()
            for selection in selection_set.selections:
                self.directives_of(selection)
                if isinstance(selection, FieldNode):
                    below = introspection or selection.name.value in INTROSPECTION
                    self._field(found, selection, around + 1, below)
                    alias = selection.alias or selection.name
                    self._key(keys, (condition, alias.value))
                    if selection.selection_set:
                        stack.append((selection.selection_set, around + 1, below, Counter(), ""))
                elif isinstance(selection, InlineFragmentNode):
                    named = selection.type_condition
                    inner = named.name.value if named else condition
                    stack.append((selection.selection_set, around, introspection, keys, inner))
                elif isinstance(selection, FragmentSpreadNode):
                    found.spreads.append((selection.name.value, around, introspection))
                    self._key(keys, (condition, f"...{selection.name.value}"))
        return found

    def directives_of(self, node: Node) -> None:
        """Count the directives at a node, and look into their arguments."""
        directives = node.directives  # type: ignore[attr-defined]
        if directives:
            self.directives += len(directives)
            self.directives_per_node = max(self.directives_per_node, len(directives))
            for directive in directives:
                self.values(argument.value for argument in directive.arguments)

    def brackets(self, depth: int) -> None:
        """Lists and objects inside one another count as depth too."""
        self.depth_in_brackets = max(self.depth_in_brackets, depth)

    def values(self, values: Iterable[Node]) -> None:
        """Count how deep lists and objects are inside one another."""
        stack: list[tuple[Iterator[Node], int]] = [(iter(values), 0)]
        while stack:
            nodes, around = stack.pop()
            for node in nodes:
                if isinstance(node, ListValueNode):
                    self.brackets(around + 1)
                    stack.append((iter(node.values), around + 1))
                elif isinstance(node, ObjectValueNode):
                    self.brackets(around + 1)
                    stack.append(((entry.value for entry in node.fields), around + 1))

    def _field(self, found: _Definition, node: FieldNode, depth: int, introspection: bool) -> None:
        found.fields += 1
        if depth == 1:
            found.root_fields += 1
        if introspection:
            found.introspection_depth = max(found.introspection_depth, depth)
        else:
            found.depth = max(found.depth, depth)
        if node.alias:
            self.aliases += 1
        if node.arguments:
            self.values(argument.value for argument in node.arguments)

    def _key(self, keys: Counter[tuple[str, str]], key: tuple[str, str]) -> None:
        keys[key] += 1
        self.same_key = max(self.same_key, keys[key])


def _expand(fragments: dict[str, _Definition]) -> dict[str, _Total]:
    """All fragments with the fragments that they spread, each once, without recursion."""
    done: dict[str, _Total] = {}
    for root in fragments:
        path = [root]
        on_path = {root}
        remaining = {root: _inner(fragments[root], fragments)}
        while path and root not in done:
            name = path[-1]
            following = next((inner for inner in remaining[name] if inner not in done), None)
            if following is None:
                done[name] = fragments[name].expand(done)
                on_path.discard(path.pop())
            elif following in on_path:
                raise LimitExceeded(
                    f'The fragment "{following}" spreads itself, so it never ends.',
                    code=ErrorCode.LIMIT_DEPTH,
                )
            else:
                path.append(following)
                on_path.add(following)
                remaining[following] = _inner(fragments[following], fragments)
    return done


def _inner(definition: _Definition, fragments: dict[str, _Definition]) -> Iterator[str]:
    return (name for name, _around, _introspection in definition.spreads if name in fragments)


def _most_root_fields(totals: list[tuple[OperationType, _Total]], kind: OperationType) -> int:
    return max((0, *(total.root_fields for operation, total in totals if operation is kind)))


def _type_depth(node: Node) -> int:
    """How many brackets are around a variable's type."""
    depth = 0
    while inner := getattr(node, "type", None):
        depth += isinstance(node, ListTypeNode)
        node = inner
    return depth
