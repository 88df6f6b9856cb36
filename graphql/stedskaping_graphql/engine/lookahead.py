"""Read things that are only mentioned inside content: collect the ids first, then fetch all of them at once.

StreamField values and rich text mention pages, images and documents by id, in places no query set knows of.
A resolver goes over the raw data of all siblings and says what it will `need`; the first `get` fetches it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

from .batching import register_siblings
from .context import Context

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class ReferenceLoader(Generic[K, V]):
    """Fetches things of one kind by id, as few times as possible.

    `fetch` maps ids to things and leaves out what doesn't exist or may not be seen. Fetched things become
    siblings of each other. Make one per kind and request with `ReferenceLoader.of`.
    """

    def __init__(self, context: Context, fetch: Callable[[set[K]], Mapping[K, V]]) -> None:
        self._context = context
        self._fetch = fetch
        self._needed: set[K] = set()
        self._found: dict[K, V | None] = {}

    @classmethod
    def of(
        cls, context: Context, kind: Hashable, fetch: Callable[[set[K]], Mapping[K, V]]
    ) -> ReferenceLoader[K, V]:
        """This request's loader for `kind`; `fetch` is used when it is asked for the first time."""
        return context.memo((cls, kind), lambda: cls(context, fetch))

    def need(self, ids: Iterable[K | None]) -> None:
        """Remember ids for the next fetch. None is ignored, and so is what was fetched already."""
        self._needed.update(key for key in ids if key is not None and key not in self._found)

    def get(self, key: K | None) -> V | None:
        """The thing with this id, or None. Fetches everything needed so far when this one isn't there yet.

        Raises what `fetch` raises; the ids of a failed fetch answer None afterwards instead of trying again.
        """
        if key is None:
            return None
        if key not in self._found:
            wanted = self._needed | {key}
            self._needed = set()
            self._found.update(dict.fromkeys(wanted))
            fetched = self._fetch(wanted)
            self._found.update({key: fetched[key] for key in wanted if key in fetched})
            register_siblings(self._context, list(fetched.values()))
        return self._found[key]
