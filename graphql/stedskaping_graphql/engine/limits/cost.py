"""The price of an operation: how many objects its answer may have, known before it is run.

- An object costs 1; numbers, texts and other leaves cost nothing.
- What stands below a list costs as often as the list is long. The items of a connection, and of other
  fields with an argument `first`, are as many as `first` says; without it as many as the argument's default
  says, or 20. `nodes` and `edges` of one connection both count.
- Other lists count as 5, or as long as the longest list among the field's arguments (`ids`, `widths`).
- Of fragments on several object types, an object can only be one: the dearest counts.
- What `@skip` and `@include` leave out counts nevertheless.
- `__schema` costs 2,500 and `__type` 250, whatever is asked below.

Variables are read as the caller sent them. A value that its type doesn't take counts as if it were left out;
the operation is refused for it before anything runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    Undefined,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
    is_object_type,
)

from ..connections import DEFAULT_PAGE

LIST_LENGTH = 5
INTROSPECTION_PRICES = {"__schema": 2_500, "__type": 250}
PAGE_SIZE = "first"

Variables = Mapping[str, Any]
# A number that is known from the document alone, or one that depends on the variables.
Amount = int | Callable[[Variables], int]


@dataclass
class _Group:
    """Prices of what is selected on one object: always, and when the object is of a certain type."""

    always: list[Amount] = field(default_factory=list)
    by_type: dict[str, list[Amount]] = field(default_factory=dict)

    def add(self, other: _Group) -> None:
        self.always += other.always
        for name, prices in other.by_type.items():
            self.by_type.setdefault(name, []).extend(prices)

    def total(self) -> Amount:
        return _sum([*self.always, _largest([_sum(prices) for prices in self.by_type.values()])])


def price(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode) -> Amount:
    """What a valid operation costs: a number, or a function of the caller's variables."""
    root = schema.get_root_type(operation.operation)
    if root is None:
        return 0
    return _Pricing(schema, document, operation).group(root, operation.selection_set, DEFAULT_PAGE).total()


def amount(of: Amount, variables: Variables | None) -> int:
    """The price with these variables."""
    return of if isinstance(of, int) else of(variables or {})


class _Pricing:
    def __init__(
        self, schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode
    ) -> None:
        self._schema = schema
        self._fragments = {
            node.name.value: node for node in document.definitions if isinstance(node, FragmentDefinitionNode)
        }
        self._defaults = {
            node.variable.name.value: node.default_value for node in operation.variable_definitions
        }

    def group(self, parent: GraphQLNamedType, selection_set: SelectionSetNode, page: Amount) -> _Group:
        """The prices of a selection set on `parent`; `page` is the page size if that is a connection."""
        found = _Group()
        for selection in selection_set.selections:
            if isinstance(selection, FieldNode):
                found.always.append(self._field(parent, selection, page))
            elif isinstance(selection, InlineFragmentNode):
                condition = selection.type_condition
                name = condition.name.value if condition else parent.name
                found.add(self._narrowed(parent, name, selection.selection_set, page))
            elif isinstance(selection, FragmentSpreadNode):
                fragment = self._fragments[selection.name.value]
                name = fragment.type_condition.name.value
                found.add(self._narrowed(parent, name, fragment.selection_set, page))
        return found

    def _narrowed(
        self, parent: GraphQLNamedType, name: str, selection_set: SelectionSetNode, page: Amount
    ) -> _Group:
        narrowed = self._schema.type_map[name]
        inner = self.group(narrowed, selection_set, page)
        if is_object_type(narrowed) and not is_object_type(parent):
            return _Group(by_type={name: [inner.total()]})
        return inner

    def _field(self, parent: GraphQLNamedType, node: FieldNode, page: Amount) -> Amount:
        name = node.name.value
        if name in INTROSPECTION_PRICES:
            return INTROSPECTION_PRICES[name]
        if node.selection_set is None or not isinstance(parent, (GraphQLObjectType, GraphQLInterfaceType)):
            return 0
        definition: GraphQLField = parent.fields[name]
        named = get_named_type(definition.type)
        if is_leaf_type(named):
            return 0
        own_page = self._page(definition, node)
        inner = self.group(named, node.selection_set, own_page).total()
        each = _sum([1, inner])
        if not _is_list(definition.type):
            return each
        if _is_connection(parent):
            return _product(page, each)
        if PAGE_SIZE in definition.args:
            return _product(own_page, each)
        return _product(self._list_length(definition, node), each)

    def _page(self, definition: GraphQLField, node: FieldNode) -> Amount:
        argument = definition.args.get(PAGE_SIZE)
        if argument is None:
            return DEFAULT_PAGE
        default = argument.default_value
        size = default if isinstance(default, int) else DEFAULT_PAGE
        return self._given(node, PAGE_SIZE, _number, size)

    def _list_length(self, definition: GraphQLField, node: FieldNode) -> Amount:
        lengths: list[Amount] = [LIST_LENGTH]
        for name, argument in definition.args.items():
            if _is_list(argument.type):
                default = argument.default_value
                length = len(default) if isinstance(default, list) else 0
                lengths.append(self._given(node, name, _length, length))
        return _largest(lengths)

    def _given(self, node: FieldNode, name: str, read: Callable[[Any], int | None], default: int) -> Amount:
        """An argument's number: from the document, from a variable or its default, or `default`."""
        value = next((argument.value for argument in node.arguments if argument.name.value == name), None)
        if not isinstance(value, VariableNode):
            return _or(read(_literal(value)), default)
        variable = value.name.value
        without = _or(read(_literal(self._defaults.get(variable))), default)

        def from_variables(variables: Variables) -> int:
            return _or(read(variables[variable]), default) if variable in variables else without

        return from_variables


def _literal(value: ValueNode | None) -> Any:
    """What `read` has to look at: a list's items, a number, or nothing."""
    if isinstance(value, IntValueNode):
        return int(value.value)
    if isinstance(value, ListValueNode):
        return value.values
    return None if value is None or isinstance(value, NullValueNode) else Undefined


def _number(value: Any) -> int | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return max(value, 0) if isinstance(value, int) and not isinstance(value, bool) else None


def _length(value: Any) -> int | None:
    if value is None:
        return None
    # A single value stands for a list of one.
    return len(value) if isinstance(value, (list, tuple)) else 1


def _or(value: int | None, default: int) -> int:
    return default if value is None else value


def _is_connection(parent: GraphQLNamedType) -> bool:
    return (
        isinstance(parent, GraphQLObjectType)
        and parent.name.endswith("Connection")
        and "pageInfo" in parent.fields
    )


def _is_list(of: Any) -> bool:
    return is_list_type(get_nullable_type(of))


def _sum(amounts: Iterable[Amount]) -> Amount:
    known, open_ones = _parted(amounts)
    fixed = sum(known)
    if not open_ones:
        return fixed
    return lambda variables: fixed + sum(one(variables) for one in open_ones)


def _largest(amounts: Iterable[Amount]) -> Amount:
    known, open_ones = _parted(amounts)
    fixed = max(known, default=0)
    if not open_ones:
        return fixed
    return lambda variables: max(fixed, *(one(variables) for one in open_ones))


def _product(size: Amount, each: Amount) -> Amount:
    if isinstance(size, int) and isinstance(each, int):
        return size * each
    return lambda variables: amount(size, variables) * amount(each, variables)


def _parted(amounts: Iterable[Amount]) -> tuple[list[int], list[Callable[[Variables], int]]]:
    known: list[int] = []
    open_ones: list[Callable[[Variables], int]] = []
    for one in amounts:
        if isinstance(one, int):
            known.append(one)
        else:
            open_ones.append(one)
    return known, open_ones
