"""Initiatives: neighbourhood projects, with members, journey, outcomes and activity."""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import graphene
from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import override
from graphql import GraphQLResolveInfo

from stedskaping_core import events
from stedskaping_core.choices import FINISHED_STATES, JourneyPhaseState
from stedskaping_core.choices import InitiativeStatus as InitiativeStatusChoice
from stedskaping_core.choices import MemberRole as MemberRoleChoice
from stedskaping_core.models import Activity as ActivityModel
from stedskaping_core.models import InitiativeMember as MemberModel
from stedskaping_core.models import InitiativePage as InitiativeModel
from stedskaping_core.models import Journey as JourneyModel
from stedskaping_core.models import JourneyTask
from stedskaping_core.models import Outcome as OutcomeModel
from stedskaping_core.permissions import Verdict, verdicts
from stedskaping_core.plugins.registry import get_registry
from stedskaping_core.selectors import visible_initiatives
from stedskaping_core.sites import SiteFacts, in_sites
from stedskaping_graphql.engine.batching import batched
from stedskaping_graphql.engine.connections import (
    Connection,
    connection_field,
    connection_type,
    page_args,
    paginate,
    paginate_many,
)
from stedskaping_graphql.engine.context import Context, context_of
from stedskaping_graphql.engine.cursors import Order
from stedskaping_graphql.engine.errors import BadUserInput
from stedskaping_graphql.engine.fields import argument, enum_type, field, list_of, non_null_list
from stedskaping_graphql.engine.ids import to_global_id
from stedskaping_graphql.engine.nodes import Node
from stedskaping_graphql.engine.scalars import Date, DateTime
from stedskaping_graphql.types import reading
from stedskaping_graphql.types.blocks import Block, stream
from stedskaping_graphql.types.content import BoundingBox, Image, Place, image_of, inside, person_of
from stedskaping_graphql.types.guides import PhaseKind
from stedskaping_graphql.types.journeys import Journey
from stedskaping_graphql.types.pages import Page
from stedskaping_graphql.types.people import PublicProfile, ViewerPermission
from stedskaping_graphql.types.pilots import Pilot, PilotFacts, pilots_of
from stedskaping_graphql.types.sites import Site

InitiativeStatus = enum_type(InitiativeStatusChoice, "InitiativeStatus")
MemberRole = enum_type(MemberRoleChoice, "MemberRole")


class InitiativeMember(graphene.ObjectType):
    """A person in an initiative."""

    class Meta:
        possible_types = (MemberModel,)

    profile = field(PublicProfile)
    role = field(MemberRole)

    resolve_profile = staticmethod(person_of("user_id"))


class Outcome(graphene.ObjectType):
    """What was built, and who looks after it."""

    class Meta:
        interfaces = (Node,)
        possible_types = (OutcomeModel,)

    title = field(graphene.String)
    description = field(graphene.String)
    place = field(Place, required=False)
    image = field(Image, required=False)
    steward = field(graphene.String, description="Empty while nobody looks after it.")
    temporary_until = field(Date, required=False, description="Null means permanent.")

    resolve_image = staticmethod(image_of())

    @staticmethod
    def resolve_id(outcome: OutcomeModel, info: GraphQLResolveInfo) -> str:
        """From the key that can't be counted up."""
        return to_global_id("Outcome", outcome.uuid)


class Activity(graphene.ObjectType):
    """A line of what happened."""

    class Meta:
        possible_types = (ActivityModel,)

    id = field(graphene.ID)
    kind = field(graphene.String)
    text = field(graphene.String, description="A sentence in the initiative's language.")
    at = field(DateTime)
    actor = field(PublicProfile, required=False)

    resolve_actor = staticmethod(person_of("actor_id"))

    @staticmethod
    def resolve_id(activity: ActivityModel, info: GraphQLResolveInfo) -> str:
        """From the key that can't be counted up."""
        return to_global_id("Activity", activity.uuid)

    @staticmethod
    def resolve_text(activity: ActivityModel, info: GraphQLResolveInfo) -> str:
        """From the event type and what was recorded; `activity.initiative` is there from the list."""
        with override(reading.locale_codes(context_of(info))[activity.initiative.locale_id]):
            return events.sentence(activity)


ActivityConnection = connection_type("Activity", Activity, with_total=False)
ACTIVITY_ORDER = Order("newest", (("at", "desc"),))


class InitiativeOrderChoice(enum.Enum):
    """Orders of initiative lists."""

    NEWEST = "newest"
    STARTS_ON = "starts_on"
    TITLE = "title"
    NEXT_DEADLINE = "next_deadline"


InitiativeOrder = enum_type(InitiativeOrderChoice, "InitiativeOrder")
ORDERS = {
    InitiativeOrderChoice.NEWEST: Order("newest", (("first_published_at", "desc"),)),
    InitiativeOrderChoice.STARTS_ON: Order("starts_on", (("journey__starts_on", "asc"),)),
    InitiativeOrderChoice.TITLE: Order("title", (("title", "asc"),)),
    InitiativeOrderChoice.NEXT_DEADLINE: Order("next_deadline", (("next_deadline", "asc"),)),
}


class InitiativeWhere(graphene.InputObjectType):
    """Which initiatives; conditions are combined."""

    sites = graphene.InputField(list_of(graphene.String), description="Keys of sites.")
    status = graphene.InputField(list_of(InitiativeStatus))
    phase_kind = graphene.InputField(
        list_of(PhaseKind), description="The kind of the phase that is going on."
    )
    within = graphene.InputField(BoundingBox)
    search = graphene.InputField(graphene.String, description="Words in title, summary or place.")


class Initiative(graphene.ObjectType):
    """A neighbourhood project led by residents."""

    class Meta:
        interfaces = (Node, Page)
        possible_types = (InitiativeModel,)

    site = field(Site)
    pilot = field(Pilot)
    summary = field(graphene.String)
    story = field(non_null_list(Block))
    image = field(Image, required=False)
    place = field(Place, required=False)
    status = field(InitiativeStatus)
    members = field(non_null_list(InitiativeMember))
    journey = field(Journey, required=False)
    outcomes = field(non_null_list(Outcome))
    activity = connection_field(ActivityConnection, description="Newest first.")
    viewer_can = field(non_null_list(ViewerPermission))

    resolve_story = staticmethod(stream("story"))
    resolve_image = staticmethod(image_of())

    @staticmethod
    def resolve_site(page: InitiativeModel, info: GraphQLResolveInfo) -> SiteFacts | None:
        """Where it stands in the tree."""
        return reading.site_of(context_of(info), page)

    @staticmethod
    @batched
    def resolve_pilot(pages: Sequence[InitiativeModel], info: GraphQLResolveInfo) -> list[PilotFacts | None]:
        """The site's pilot."""
        context = context_of(info)
        sites = [reading.site_of(context, page) for page in pages]
        found = pilots_of(context, [site for site in sites if site])
        return [found.get(site.id) if site else None for site in sites]

    @staticmethod
    @batched
    def resolve_members(
        pages: Sequence[InitiativeModel], info: GraphQLResolveInfo
    ) -> list[list[MemberModel]]:
        """Who joined first comes first."""
        return _rows_of(pages, MemberModel.objects.all())

    @staticmethod
    @batched
    def resolve_journey(
        pages: Sequence[InitiativeModel], info: GraphQLResolveInfo
    ) -> list[JourneyModel | None]:
        """Null until it has started."""
        by_pk = {page.pk: page for page in pages}
        found = {}
        for journey in JourneyModel.objects.filter(initiative__in=by_pk):
            journey.initiative = by_pk[journey.initiative_id]
            found[journey.initiative_id] = journey
        return [found.get(page.pk) for page in pages]

    @staticmethod
    @batched
    def resolve_outcomes(
        pages: Sequence[InitiativeModel], info: GraphQLResolveInfo
    ) -> list[list[OutcomeModel]]:
        """Oldest first."""
        return _rows_of(pages, OutcomeModel.objects.all())

    @staticmethod
    @batched
    def resolve_activity(
        pages: Sequence[InitiativeModel],
        info: GraphQLResolveInfo,
        first: int | None = None,
        after: str | None = None,
    ) -> list[Connection[Any]]:
        """Lines of kinds that have a sentence, and not of plugins that are off for the site."""
        pks = [page.pk for page in pages]
        visible = ActivityModel.objects.exclude(_silent(context_of(info), pages))
        found = paginate_many(visible, "initiative", pks, page_args(first, after), ACTIVITY_ORDER)
        for page in pages:
            for activity in found[page.pk].nodes:
                activity.initiative = page
        return [found[pk] for pk in pks]

    @staticmethod
    @batched
    def resolve_viewer_can(pages: Sequence[InitiativeModel], info: GraphQLResolveInfo) -> list[list[Verdict]]:
        """Every action with its verdict for the caller."""
        context = context_of(info)
        context.mark_private()
        found = verdicts(context.user, pages)  # type: ignore[arg-type]
        return [found[page.pk] for page in pages]


def _rows_of(pages: Sequence[InitiativeModel], queryset: Any) -> list[list[Any]]:
    found: dict[int, list[Any]] = {page.pk: [] for page in pages}
    for row in queryset.filter(initiative__in=found):
        found[row.initiative_id].append(row)
    return [found[page.pk] for page in pages]


def _silent(context: Context, pages: Sequence[InitiativeModel]) -> Q:
    """Activities that aren't shown: kinds without a sentence, and of plugins where they are off."""
    registry = get_registry()
    spoken = {key for key, item in registry.events.items() if str(item.record.text)}
    condition = ~Q(kind__in=spoken)
    for slug, site_ids in reading.switches(context).items():
        kinds = [key for key in spoken if key.startswith(f"{slug}.")]
        off = [
            page.pk for page in pages if (site := reading.site_of(context, page)) and site.id not in site_ids
        ]
        if kinds and off:
            condition |= Q(kind__in=kinds, initiative__in=off)
    return condition


InitiativeConnection = connection_type("Initiative", Initiative)


@dataclass(frozen=True)
class InitiativeList:
    """The arguments of a list of initiatives, as they are in `Query`, `Site` and `Pilot`."""

    first: int | None = None
    after: str | None = None
    where: Mapping[str, Any] | None = None
    order_by: InitiativeOrderChoice | None = None

    def read(self, context: Context, site: SiteFacts | None = None) -> Connection[Any]:
        """One page of the published initiatives of `site`, or of all sites."""
        queryset = visible_initiatives(context.request).filter(live=True).defer("story")
        sites = reading.site_map(context)
        if site:
            queryset = queryset.filter(in_sites([site]))
        if self.where and self.where.get("sites") is not None:
            named = {key: sites.by_key(key) for key in self.where["sites"]}
            unknown = sorted(key for key, found in named.items() if found is None)
            if unknown:
                raise BadUserInput(f"There is no site {', '.join(unknown)}.")
            queryset = queryset.filter(in_sites([found for found in named.values() if found]))
        queryset = _filter(queryset, self.where or {})
        order = self.order_by or InitiativeOrderChoice.NEWEST
        if order is InitiativeOrderChoice.NEXT_DEADLINE:
            queryset = queryset.annotate(next_deadline=Subquery(_next_deadline()))
        return paginate(queryset, page_args(self.first, self.after), ORDERS[order])


def _filter(queryset: QuerySet[InitiativeModel], where: Mapping[str, Any]) -> QuerySet[InitiativeModel]:
    if where.get("status") is not None:
        queryset = queryset.filter(status__in=[status.value for status in where["status"]])
    if where.get("phase_kind") is not None:
        queryset = queryset.filter(
            journey__phases__state=JourneyPhaseState.ACTIVE,
            journey__phases__kind__in=[kind.value for kind in where["phase_kind"]],
        )
    if where.get("within"):
        queryset = queryset.filter(inside(where["within"]))
    for word in (where.get("search") or "").split()[:10]:
        queryset = queryset.filter(
            Q(title__icontains=word) | Q(summary__icontains=word) | Q(place_name__icontains=word)
        )
    return queryset


def _next_deadline() -> QuerySet[Any]:
    """The nearest due date among open tasks of the phase that is going on."""
    return (
        JourneyTask.objects.filter(
            phase__journey__initiative=OuterRef("pk"),
            phase__state=JourneyPhaseState.ACTIVE,
            due_on__isnull=False,
        )
        .exclude(state__in=FINISHED_STATES)
        .order_by()
        .values("phase__journey__initiative")
        .annotate(nearest=Min("due_on"))
        .values("nearest")
    )


def list_arguments() -> dict[str, Any]:
    """`where` and `orderBy` of a list of initiatives."""
    return {"where": argument(InitiativeWhere), "order_by": argument(InitiativeOrder)}


class SiteInitiatives(graphene.ObjectType):
    """What joins `Site`."""

    initiatives = connection_field(InitiativeConnection, **list_arguments())
    initiative = field(Initiative, required=False, slug=argument(graphene.String, required=True))

    @staticmethod
    @batched
    def resolve_initiatives(
        sites: Sequence[SiteFacts], info: GraphQLResolveInfo, **arguments: Any
    ) -> list[Connection[Any]]:
        """One statement per site: a request asks for few sites."""
        return [InitiativeList(**arguments).read(context_of(info), site) for site in sites]

    @staticmethod
    def resolve_initiative(site: SiteFacts, info: GraphQLResolveInfo, slug: str) -> InitiativeModel | None:
        """Also one's own draft."""
        context = context_of(info)
        page = visible_initiatives(context.request).filter(in_sites([site]), slug=slug).first()
        if page is not None and not page.live:
            context.mark_private()
        return page


class PilotInitiatives(graphene.ObjectType):
    """What joins `Pilot`."""

    site = field(Site)
    initiatives = connection_field(InitiativeConnection, **list_arguments())

    @staticmethod
    def resolve_site(pilot: PilotFacts, info: GraphQLResolveInfo) -> SiteFacts:
        """The pilot's own site."""
        return pilot.site

    @staticmethod
    @batched
    def resolve_initiatives(
        pilots: Sequence[PilotFacts], info: GraphQLResolveInfo, **arguments: Any
    ) -> list[Connection[Any]]:
        """The same as the site's."""
        return [InitiativeList(**arguments).read(context_of(info), pilot.site) for pilot in pilots]


def load_initiatives(keys: Sequence[str], context: Context) -> Mapping[str, Any]:
    """Initiatives for `node(id)`, also one's own drafts."""
    parsed = {key: reading.parse_page_key(key) for key in keys}
    wanted = {pair[0] for pair in parsed.values() if pair}
    codes = reading.locale_codes(context)
    pages = {
        (page.translation_key, codes[page.locale_id]): page
        for page in visible_initiatives(context.request).filter(translation_key__in=wanted)
    }
    if any(not page.live for page in pages.values()):
        context.mark_private()
    return {key: pages[pair] for key, pair in parsed.items() if pair in pages}


def load_outcomes(keys: Sequence[str], context: Context) -> Mapping[str, Any]:
    """Outcomes of visible initiatives for `node(id)`."""
    visible = visible_initiatives(context.request).values("pk")
    return reading.by_uuid(OutcomeModel.objects.filter(initiative__in=visible), keys)
