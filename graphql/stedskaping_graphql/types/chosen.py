"""Pages that somebody chose in a block of a plugin."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from graphql import GraphQLResolveInfo
from wagtail.models import Page as PageModel

from stedskaping_graphql.engine.batching import batched
from stedskaping_graphql.engine.context import context_of
from stedskaping_graphql.types import reading
from stedskaping_graphql.types.blocks import BlockNode


def chosen_page(block_type: str, child: str, model: type[PageModel]) -> Callable[..., Any]:
    """A batched resolver for the page chooser `child` of the block `block_type`.

    Null when nothing is chosen, when the caller may not see the page, and when it isn't of `model`.
    """

    @batched
    def load(blocks: Sequence[BlockNode], info: GraphQLResolveInfo) -> list[PageModel | None]:
        loader = reading.pages(context_of(info))
        # The siblings of a block are the blocks around it, of any type.
        wanted = [block.value.get(child) if block.block_type == block_type else None for block in blocks]
        loader.need(wanted)
        found = [loader.get(pk) for pk in wanted]
        return [page if isinstance(page, model) else None for page in found]

    return load
