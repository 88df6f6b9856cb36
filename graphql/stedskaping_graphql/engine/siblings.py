"""Which objects came out of the same list, by identity.

Objects that stand beside each other in an answer are asked the same questions one after the other. Knowing
them as one group lets the first question be put to the database for all of them (see `batching`).
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any


class Group:
    """Objects of one list, and what batched resolvers answered about them.

    `members` are strong references: while they live no other object can get their `id`. `answers` maps a
    question (loader, type, arguments) to answers by the member's `id`. `barred` holds, per GraphQL type,
    the ids of members that no question under that type may be put to the database for.
    """

    __slots__ = ("answers", "barred", "members")

    def __init__(self) -> None:
        self.members: list[Any] = []
        self.answers: dict[Hashable, dict[int, Any]] = {}
        self.barred: dict[str, set[int]] = {}


class Siblings:
    """The groups of one request. An object belongs to the first group it was put in, for good."""

    __slots__ = ("_group_by_id",)

    def __init__(self) -> None:
        self._group_by_id: dict[int, Group] = {}

    def group_of(self, parent: Any) -> Group:
        """The group of an object; an object that came from no list makes a group of one."""
        group = self._group_by_id.get(id(parent))
        if group is None:
            group = Group()
            group.members.append(parent)
            self._group_by_id[id(parent)] = group
        return group

    def register(self, objects: Iterable[Any]) -> None:
        """Make one group of those objects that are in none yet, each of them once."""
        group = Group()
        known = self._group_by_id
        for item in objects:
            if id(item) not in known:
                known[id(item)] = group
                group.members.append(item)

    def bar(self, type_name: str, parents: Iterable[Any]) -> None:
        """Keep these objects out of batches for fields of the GraphQL type `type_name`."""
        for parent in parents:
            self.group_of(parent).barred.setdefault(type_name, set()).add(id(parent))
