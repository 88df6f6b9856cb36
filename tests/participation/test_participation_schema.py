"""Participation in the API: what is shown to whom, and the same statements for any number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from stedskaping_core.models import InitiativePage, User
from stedskaping_core.services.pilots import Pilot
from stedskaping_core.services.plugins import plugin_disable, plugin_enable
from stedskaping_graphql.engine.ids import to_global_id
from stedskaping_participation.choices import ProposalState
from stedskaping_participation.models import ParticipationSettings, Proposal, Support

Propose = Callable[..., Proposal]
GraphQL = Callable[..., dict[str, Any]]

EVERYTHING = """
query Everything($slug: String!, $first: Int) {
  site(key: "larvik") {
    participation { participantCount proposalsOpen categories { key name } }
    initiative(slug: $slug) {
      participation {
        participantCount
        viewerCan { action allowed code reason }
        proposals(first: $first) {
          totalCount
          pageInfo { hasNextPage endCursor }
          edges { cursor node { id } }
          nodes {
            id title body category createdAt state chosen
            author { displayName }
            place { name latitude longitude }
            image { alt }
            answer { state text at }
            supportCount viewerSupports
            mergedInto { title }
            initiative { title }
            viewerCan { action allowed code reason }
          }
        }
      }
    }
  }
}
"""
TITLES = """
query Titles($slug: String!, $first: Int, $after: String, $where: ParticipationProposalWhere,
             $order: ParticipationProposalOrder) {
  site(key: "larvik") { initiative(slug: $slug) { participation {
    proposals(first: $first, after: $after, where: $where, orderBy: $order) {
      nodes { title } pageInfo { hasNextPage endCursor }
    }
  } } }
}
"""
NODE = """
query Node($id: ID!) {
  node(id: $id) { ... on ParticipationProposal { title state mergedInto { title } } }
}
"""


def participation(answer: dict[str, Any]) -> Any:
    return answer["data"]["site"]["initiative"]["participation"]


def global_id(proposal: Proposal) -> str:
    return to_global_id("ParticipationProposal", proposal.uuid)


def test_a_visitor_reads_everything_that_is_public(
    propose: Propose, bench: InitiativePage, ola: User, graphql: GraphQL
) -> None:
    # given a proposal that is answered and supported
    at = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
    roof = propose(
        "Tak over et bord",
        supporters=[ola],
        category="play",
        place_name="Parken",
        latitude=59.05,
        longitude=10.03,
        created_at=at,
        chosen=True,
        answer_state="accepted",
        answer_text="Vi bygger det.",
        answer_published=True,
        answered_at=at + dt.timedelta(days=3),
    )
    propose("Skjult", state=ProposalState.HIDDEN)
    propose("Utkast", answer_state="rejected", answer_text="Nei.", created_at=at - dt.timedelta(days=1))
    # when a visitor reads
    answer = graphql(EVERYTHING, {"slug": bench.slug})
    # then all of it is there, and nothing that isn't public
    assert answer["data"]["site"]["participation"] == {
        "participantCount": 2,
        "proposalsOpen": True,
        "categories": [{"key": "play", "name": "Lek"}],
    }
    found = participation(answer)
    assert found["participantCount"] == 2
    assert [(v["action"], v["allowed"], v["code"]) for v in found["viewerCan"]] == [
        ("propose", False, "NOT_SIGNED_IN")
    ]
    assert found["proposals"]["totalCount"] == 2
    assert found["proposals"]["pageInfo"]["hasNextPage"] is False
    first, second = found["proposals"]["nodes"]
    verdicts = first.pop("viewerCan")
    assert {verdict["code"] for verdict in verdicts} == {"NOT_SIGNED_IN"}
    assert first == {
        "id": global_id(roof),
        "title": "Tak over et bord",
        "body": "Tak over et bord for alle.",
        "category": "play",
        "createdAt": "2026-05-04T12:00:00+00:00",
        "state": "PUBLISHED",
        "chosen": True,
        "author": {"displayName": "Kari"},
        "place": {"name": "Parken", "latitude": 59.05, "longitude": 10.03},
        "image": None,
        "answer": {"state": "ACCEPTED", "text": "Vi bygger det.", "at": "2026-05-07T12:00:00+00:00"},
        "supportCount": 1,
        "viewerSupports": False,
        "mergedInto": None,
        "initiative": {"title": "Benken"},
    }
    assert (second["title"], second["answer"], second["category"], second["place"]) == (
        "Utkast",
        None,
        None,
        None,
    )


def test_a_resident_sees_what_they_support_and_may_do(
    propose: Propose, bench: InitiativePage, ola: User, graphql: GraphQL
) -> None:
    propose("Tak", supporters=[ola])
    found = participation(graphql(EVERYTHING, {"slug": bench.slug}, user=ola))
    (proposal,) = found["proposals"]["nodes"]
    assert proposal["viewerSupports"] is True
    assert found["viewerCan"] == [{"action": "propose", "allowed": True, "code": None, "reason": None}]
    allowed = {v["action"] for v in proposal["viewerCan"] if v["allowed"]}
    assert allowed == {"support", "unsupport"}


@pytest.mark.parametrize("signed_in", [False, True])
def test_the_statements_do_not_grow_with_the_proposals(
    propose: Propose,
    bench: InitiativePage,
    ola: User,
    graphql: GraphQL,
    crowd: Callable[[int], list[User]],
    signed_in: bool,
) -> None:
    people = crowd(100)
    counts = []
    for number in (1, 20, 100):
        while Proposal.objects.count() < number:
            done = Proposal.objects.count()
            propose(f"Forslag {done}", author=people[done], supporters=[people[0], ola])
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = graphql(EVERYTHING, {"slug": bench.slug, "first": 100}, user=ola if signed_in else None)
        assert len(participation(answer)["proposals"]["nodes"]) == number
        counts.append(len([q for q in queries if "django_session" not in q["sql"]]))
    assert len(set(counts)) == 1


def test_many_initiatives_cost_as_few_statements_as_one(
    propose: Propose,
    bench: InitiativePage,
    larvik: Pilot,
    mats: User,
    ola: User,
    graphql: GraphQL,
    make_initiative: Callable[..., InitiativePage],
) -> None:
    query = """{ initiatives(first: 100) { nodes { title participation {
        participantCount
        viewerCan { code }
        proposals(first: 2, orderBy: MOST_SUPPORTED) {
          totalCount
          nodes { title supportCount viewerSupports author { displayName } viewerCan { code } }
        }
    } } } }"""
    counts = []
    projects = [bench, *(make_initiative(larvik, f"Prosjekt {n}", author=mats) for n in range(19))]
    InitiativePage.objects.update(live=False)
    for number in (1, 20):
        for project in projects[:number]:
            if not project.participation_proposals.exists():
                for title in ("Tak", "Bord", "Benk"):
                    propose(title, initiative=project, supporters=[ola] if title == "Bord" else [])
        InitiativePage.objects.filter(pk__in=[project.pk for project in projects[:number]]).update(live=True)
        with CaptureQueriesContext(connection) as queries:
            nodes = graphql(query)["data"]["initiatives"]["nodes"]
        assert len(nodes) == number
        for node in nodes:
            assert node["participation"]["participantCount"] == 2
            assert [p["title"] for p in node["participation"]["proposals"]["nodes"]] == ["Bord", "Benk"]
            assert node["participation"]["proposals"]["totalCount"] == 3
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_orders_and_pages(
    propose: Propose, bench: InitiativePage, ola: User, mats: User, kari: User, graphql: GraphQL
) -> None:
    start = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
    for day, (title, supporters) in enumerate(
        [("A", [ola]), ("B", [ola, mats]), ("C", []), ("D", [mats]), ("E", [ola, mats, kari])]
    ):
        propose(title, supporters=supporters, created_at=start + dt.timedelta(days=day))
    wanted = {"NEWEST": "EDCBA", "MOST_SUPPORTED": "EBDAC", None: "EDCBA"}
    for order, titles in wanted.items():
        seen, after = "", None
        for _page in range(3):
            variables = {"slug": bench.slug, "first": 2, "after": after, "order": order}
            found = participation(graphql(TITLES, variables))["proposals"]
            seen += "".join(node["title"] for node in found["nodes"])
            after = found["pageInfo"]["endCursor"]
        assert (seen, found["pageInfo"]["hasNextPage"]) == (titles, False)


def test_filters(propose: Propose, bench: InitiativePage, graphql: GraphQL) -> None:
    now = timezone.now()
    answer = {"answer_text": "Svar.", "answer_published": True, "answered_at": now}
    propose("Ja", answer_state="accepted", category="play", **answer)
    propose("Nei", answer_state="rejected", latitude=59.05, longitude=10.03, **answer)
    propose("Utkast", answer_state="accepted", answer_text="Ja.", category="green")
    box = {"west": 10.0, "south": 59.0, "east": 10.1, "north": 59.1}
    for where, titles in (
        ({"answer": ["ACCEPTED"]}, {"Ja"}),
        ({"answer": ["ACCEPTED", "REJECTED"]}, {"Ja", "Nei"}),
        ({"answer": []}, set()),
        ({"category": "play"}, {"Ja"}),
        ({"within": box}, {"Nei"}),
        ({"within": box, "category": "play"}, set()),
        ({}, {"Ja", "Nei", "Utkast"}),
    ):
        found = participation(graphql(TITLES, {"slug": bench.slug, "where": where}))["proposals"]["nodes"]
        assert {node["title"] for node in found} == titles


def test_an_old_address_leads_on(propose: Propose, graphql: GraphQL) -> None:
    into = propose("Bord")
    roof = propose("Tak", state=ProposalState.MERGED, merged_into=into)
    node = graphql(NODE, {"id": global_id(roof)})["data"]["node"]
    assert node == {"title": "Tak", "state": "MERGED", "mergedInto": {"title": "Bord"}}
    Proposal.objects.filter(pk=into.pk).update(state=ProposalState.HIDDEN)
    assert graphql(NODE, {"id": global_id(roof)})["data"]["node"]["mergedInto"] is None


@pytest.mark.parametrize("state", [ProposalState.WITHDRAWN, ProposalState.HIDDEN])
def test_what_is_not_public_is_for_the_author_and_the_team(
    propose: Propose, kari: User, mats: User, ola: User, graphql: GraphQL, state: ProposalState
) -> None:
    proposal = propose("Tak", state=state)
    found = {
        who: graphql(NODE, {"id": global_id(proposal)}, user=user)["data"]["node"]
        for who, user in (("author", kari), ("team", mats), ("resident", ola), ("visitor", None))
    }
    shown = {"title": "Tak", "state": state.name, "mergedInto": None}
    assert found == {"author": shown, "team": shown, "resident": None, "visitor": None}


def test_a_proposal_of_an_unpublished_initiative_is_not_found(
    propose: Propose, bench: InitiativePage, ola: User, mats: User, graphql: GraphQL
) -> None:
    proposal = propose("Tak")
    bench.unpublish()
    assert graphql(NODE, {"id": global_id(proposal)}, user=ola)["data"]["node"] is None
    assert graphql(NODE, {"id": global_id(proposal)}, user=mats)["data"]["node"]["title"] == "Tak"


@pytest.mark.parametrize("key", ["7", "00000000-0000-4000-8000-000000000000", "x"])
def test_ids_that_lead_nowhere(bench: InitiativePage, graphql: GraphQL, key: str) -> None:
    assert graphql(NODE, {"id": to_global_id("ParticipationProposal", key)})["data"]["node"] is None


def test_the_viewer_finds_their_own(propose: Propose, kari: User, ola: User, graphql: GraphQL) -> None:
    start = dt.datetime(2026, 5, 4, 12, tzinfo=dt.UTC)
    propose("Tak", created_at=start)
    propose("Trukket", created_at=start + dt.timedelta(days=1), state=ProposalState.WITHDRAWN)
    propose("Olas", author=ola)
    query = "{ viewer { participation { proposals { title state initiative { title } } } } }"
    assert graphql(query, user=kari)["data"]["viewer"]["participation"]["proposals"] == [
        {"title": "Trukket", "state": "WITHDRAWN", "initiative": {"title": "Benken"}},
        {"title": "Tak", "state": "PUBLISHED", "initiative": {"title": "Benken"}},
    ]
    assert graphql(query)["data"]["viewer"] is None


def test_off_and_on_again_for_a_site(
    propose: Propose,
    bench: InitiativePage,
    larvik: Pilot,
    voss: Pilot,
    mats: User,
    kari: User,
    graphql: GraphQL,
    make_initiative: Callable[..., InitiativePage],
) -> None:
    proposal = propose("Tak")
    other = propose("Lys", initiative=make_initiative(voss, "Elvestien", author=mats))
    query = """query All($ids: [ID!]!) {
      larvik: site(key: "larvik") {
        participation { participantCount }
        initiative(slug: "benken") { participation { participantCount } }
      }
      voss: site(key: "voss") { participation { participantCount } }
      nodes(ids: $ids) { ... on ParticipationProposal { title } }
      viewer { participation { proposals { title } } }
    }"""
    variables = {"ids": [global_id(proposal), global_id(other)]}

    def read() -> dict[str, Any]:
        return graphql(query, variables, user=kari)["data"]

    before = read()
    assert before["larvik"] == {
        "participation": {"participantCount": 1},
        "initiative": {"participation": {"participantCount": 1}},
    }
    assert before["nodes"] == [{"title": "Tak"}, {"title": "Lys"}]
    plugin_disable(site=larvik.site, slug="participation")
    off = read()
    assert off["larvik"] == {"participation": None, "initiative": {"participation": None}}
    assert off["voss"] == {"participation": {"participantCount": 1}}
    assert off["nodes"] == [None, {"title": "Lys"}]
    assert off["viewer"]["participation"]["proposals"] == [{"title": "Lys"}]
    plugin_enable(site=larvik.site, slug="participation")
    assert read() == before


def test_closed_proposals_are_said(
    bench: InitiativePage, larvik: Pilot, kari: User, graphql: GraphQL
) -> None:
    ParticipationSettings.objects.filter(site=larvik.site).update(proposals_open=False)
    answer = graphql(EVERYTHING, {"slug": bench.slug}, user=kari)
    assert answer["data"]["site"]["participation"]["proposalsOpen"] is False
    assert participation(answer)["viewerCan"][0]["code"] == "WINDOW_CLOSED"


def test_answers_about_the_viewer_are_private(propose: Propose, bench: InitiativePage, client: Any) -> None:
    propose("Tak")
    shared = """{ site(key: "larvik") { initiative(slug: "benken") { participation {
      proposals { nodes { title %s } }
    } } } }"""
    for field, is_private in (
        ("supportCount", False),
        ("viewerSupports", True),
        ("viewerCan { code }", True),
    ):
        response = client.get(f"/graphql?{urlencode({'query': shared % field})}")
        assert response.status_code == 200
        assert ("private" in response.get("Cache-Control", "")) is is_private


def stream_of(*values: tuple[str, int, InitiativePage | None]) -> list[dict[str, Any]]:
    return [
        {
            "type": "participation_proposals",
            "id": f"0000000{number}-0000-4000-8000-000000000000",
            "value": {"heading": heading, "number": many, "initiative": page.pk if page else None},
        }
        for number, (heading, many, page) in enumerate(values)
    ]


STORY = """query Story($slug: String!) { site(key: "larvik") { initiative(slug: $slug) { story {
  blockType
  ... on HeadingBlock { text }
  ... on ParticipationProposalsBlock { heading proposals { title supportCount author { displayName } } }
} } } }"""


def read_story(graphql: GraphQL, initiative: InitiativePage) -> list[dict[str, Any]]:
    story: list[dict[str, Any]] = graphql(STORY, {"slug": initiative.slug})["data"]["site"]["initiative"][
        "story"
    ]
    return story


def test_the_block_shows_the_most_supported(
    propose: Propose,
    bench: InitiativePage,
    larvik: Pilot,
    voss: Pilot,
    mats: User,
    ola: User,
    kari: User,
    graphql: GraphQL,
    make_initiative: Callable[..., InitiativePage],
) -> None:
    bath, river = (
        make_initiative(larvik, "Badetrapp", author=mats),
        make_initiative(voss, "Elvestien", author=mats),
    )
    propose("Tak", supporters=[ola])
    propose("Bord", supporters=[ola, mats])
    propose("Benk")
    propose("Skjult", state=ProposalState.HIDDEN, supporters=[ola, mats, kari])
    propose("Sauna", initiative=bath, supporters=[ola, mats, kari])
    propose("Lys", initiative=river, supporters=[ola])
    heading = {"type": "heading", "id": "h", "value": {"text": "Først", "level": "2"}}
    items = stream_of(("Her", 2, bench), ("I byen", 3, None), ("Nabo", 5, river))
    InitiativePage.objects.filter(pk=bench.pk).update(story=[heading, *items])
    story = read_story(graphql, bench)
    assert story[0] == {"blockType": "heading", "text": "Først"}
    assert [(block["heading"], [p["title"] for p in block["proposals"]]) for block in story[1:]] == [
        ("Her", ["Bord", "Tak"]),
        ("I byen", ["Sauna", "Bord", "Tak"]),
        ("Nabo", ["Lys"]),
    ]
    # Switched off in the other pilot, its proposals leave this page too.
    plugin_disable(site=voss.site, slug="participation")
    assert read_story(graphql, bench)[3]["proposals"] == []
    # Switched off here, the block isn't delivered; the stored one waits.
    plugin_disable(site=larvik.site, slug="participation")
    assert [block["blockType"] for block in read_story(graphql, bench)] == ["heading"]
    plugin_enable(site=larvik.site, slug="participation")
    assert len(read_story(graphql, bench)) == 4


def test_many_blocks_cost_as_few_statements_as_one(
    propose: Propose, bench: InitiativePage, ola: User, graphql: GraphQL
) -> None:
    for number in range(12):
        propose(f"Forslag {number}", supporters=[ola])
    counts = []
    for number in (1, 10):
        items = stream_of(
            *[("Her", 2 + n, bench if n % 2 else None) for n in range(2 * number)][: 2 * number]
        )
        InitiativePage.objects.filter(pk=bench.pk).update(story=items)
        with CaptureQueriesContext(connection) as queries:
            story = read_story(graphql, bench)
        assert [len(block["proposals"]) for block in story] == [min(2 + n, 12) for n in range(2 * number)]
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_support_is_counted_from_the_rows(
    propose: Propose, bench: InitiativePage, ola: User, graphql: GraphQL
) -> None:
    proposal = propose("Tak", supporters=[ola])
    query = EVERYTHING, {"slug": bench.slug}
    assert participation(graphql(*query))["proposals"]["nodes"][0]["supportCount"] == 1
    Support.objects.filter(proposal=proposal).delete()
    assert participation(graphql(*query))["proposals"]["nodes"][0]["supportCount"] == 0
