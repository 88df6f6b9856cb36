"""Types of the dummy: one entry per owner, a node, a block, a page, and one that only an interface shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from stedskaping_core.models import InitiativePage, User
from stedskaping_core.selectors import visible_initiatives
from stedskaping_core.sites import SiteFacts
from stedskaping_dummy.models import DummySettings, Note
from stedskaping_graphql.engine.batching import batched
from stedskaping_graphql.engine.context import Context
from stedskaping_graphql.engine.fields import field, non_null_list
from stedskaping_graphql.engine.ids import to_global_id
from stedskaping_graphql.engine.nodes import Node
from stedskaping_graphql.guard import plugin_is_on
from stedskaping_graphql.types.blocks import Block, block_meta, stream
from stedskaping_graphql.types.pages import Page


class DummyNote(graphene.ObjectType):
    """A note."""

    class Meta:
        interfaces = (Node,)
        possible_types = (Note,)

    id = field(graphene.ID)
    text = field(graphene.String)

    @staticmethod
    def resolve_id(note: Note, info: GraphQLResolveInfo) -> str:
        return to_global_id("DummyNote", note.uuid)


@dataclass(frozen=True)
class TotalsValue:
    """What is counted, under an interface that is the only way to it."""

    count: int


class DummyNumbers(graphene.Interface):
    """Something with a count."""

    count = field(graphene.Int)


class DummyTotals(graphene.ObjectType):
    """Counts of everything."""

    class Meta:
        interfaces = (DummyNumbers,)
        possible_types = (TotalsValue,)


class QueryDummy(graphene.ObjectType):
    """Across all sites."""

    numbers = field(DummyNumbers)

    @staticmethod
    @batched
    def resolve_numbers(parents: Sequence[None], info: GraphQLResolveInfo) -> list[TotalsValue]:
        return [TotalsValue(Note.objects.count()) for _parent in parents]


class SiteDummy(graphene.ObjectType):
    """Of one site."""

    greeting = field(graphene.String)

    @staticmethod
    @batched
    def resolve_greeting(sites: Sequence[SiteFacts], info: GraphQLResolveInfo) -> list[str]:
        rows = DummySettings.objects.filter(site__in=[site.id for site in sites])
        greetings = dict(rows.values_list("site_id", "greeting"))
        return [greetings.get(site.id, "") for site in sites]


class InitiativeDummy(graphene.ObjectType):
    """Of one initiative."""

    notes = field(non_null_list(DummyNote))

    @staticmethod
    @batched
    def resolve_notes(initiatives: Sequence[InitiativePage], info: GraphQLResolveInfo) -> list[list[Note]]:
        found: dict[int, list[Note]] = {page.pk: [] for page in initiatives}
        for note in Note.objects.filter(initiative__in=found):
            found[note.initiative_id].append(note)
        return [found[page.pk] for page in initiatives]


class ViewerDummy(graphene.ObjectType):
    """Of the caller."""

    note_count = field(graphene.Int)

    @staticmethod
    @batched
    def resolve_note_count(users: Sequence[User], info: GraphQLResolveInfo) -> list[int]:
        return [user.dummy_notes.count() for user in users]


class DummyNoteBlock(graphene.ObjectType):
    """The block."""

    Meta = block_meta()

    text = field(graphene.String)


class DummyPage(graphene.ObjectType):
    """The page."""

    class Meta:
        interfaces = (Node, Page)

    body = field(non_null_list(Block), resolver=stream("body"))


def load_notes(keys: Sequence[str], context: Context) -> Mapping[str, Any]:
    """Notes of initiatives that the caller may see, where the dummy is on."""
    visible = visible_initiatives(context.request).values("pk")
    notes = list(Note.objects.filter(uuid__in=keys, initiative__in=visible).select_related("initiative"))
    allowed = plugin_is_on(context, "dummy", "Initiative", [note.initiative for note in notes])
    return {str(note.uuid): note for note, on in zip(notes, allowed, strict=True) if on}
