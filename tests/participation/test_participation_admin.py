"""The admin: staff see the proposals of their pilots, answer, choose and merge; all through the services."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from stedskaping_core.models import InitiativePage, User
from stedskaping_core.services.pilots import Pilot
from stedskaping_core.services.plugins import plugin_disable
from stedskaping_participation.choices import AnswerState, ProposalState
from stedskaping_participation.models import ParticipationSettings, Proposal, Support

Propose = Callable[..., Proposal]

LIST = "/admin/participation/proposals/"


@pytest.fixture
def moderator(larvik: Pilot, make_person: Callable[..., User]) -> Client:
    """Somebody who works for Larvik, signed in, reading English."""
    return signed_in(make_person("Samira", locale="en"), larvik, "moderators")


def signed_in(person: User, pilot: Pilot | None = None, group: str = "") -> Client:
    from wagtail.users.models import UserProfile

    if pilot:
        person.groups.add(pilot.groups[group])
    UserProfile.objects.update_or_create(user=person, defaults={"preferred_language": "en"})
    client = Client()
    client.force_login(person)
    return client


def listed(client: Client, query: str = "") -> list[str]:
    """The titles in the list."""
    response = client.get(f"{LIST}{query}")
    assert response.status_code == 200
    return [proposal.title for proposal in response.context["object_list"]]


def decide(client: Client, proposal: Proposal, **data: Any) -> Any:
    values = {"answer_state": proposal.answer_state, "answer_text": proposal.answer_text, "merge_into": ""}
    if proposal.answer_published:
        values["publish"] = "on"
    if proposal.chosen:
        values["choose"] = "on"
    return client.post(f"{LIST}{proposal.pk}/", {**values, **data})


def test_staff_see_their_pilots_only(
    propose: Propose,
    larvik: Pilot,
    voss: Pilot,
    mats: User,
    moderator: Client,
    make_person: Callable[..., User],
    make_initiative: Callable[..., InitiativePage],
) -> None:
    mine = propose("Tak")
    theirs = propose("Lys", initiative=make_initiative(voss, "Elvestien", author=mats))
    assert listed(moderator) == ["Tak"]
    assert moderator.get(f"{LIST}{mine.pk}/").status_code == 200
    assert moderator.get(f"{LIST}{theirs.pk}/").status_code == 404
    assert decide(moderator, theirs, answer_state="accepted").status_code == 404
    platform = signed_in(make_person("Sjef", is_superuser=True))
    assert set(listed(platform)) == {"Tak", "Lys"}


def test_others_are_turned_away(propose: Propose, kari: User, mats: User) -> None:
    proposal = propose("Tak")
    for person in (kari, mats):
        client = signed_in(person)
        for address in (LIST, f"{LIST}{proposal.pk}/"):
            assert client.get(address).status_code == 302
    assert Client().get(LIST).status_code == 302


def test_the_menu_shows_it_while_it_is_on(larvik: Pilot, voss: Pilot, moderator: Client) -> None:
    assert LIST in moderator.get("/admin/").content.decode()
    plugin_disable(site=larvik.site, slug="participation")
    # Voss still has it, but that is not this person's pilot.
    assert LIST not in moderator.get("/admin/").content.decode()
    # Wagtail answers what somebody may not see with its home page.
    assert moderator.get(LIST).status_code == 302


def test_off_for_one_pilot_leaves_the_other(
    propose: Propose,
    larvik: Pilot,
    voss: Pilot,
    mats: User,
    make_person: Callable[..., User],
    make_initiative: Callable[..., InitiativePage],
) -> None:
    hidden = propose("Tak")
    propose("Lys", initiative=make_initiative(voss, "Elvestien", author=mats))
    platform = signed_in(make_person("Sjef", is_superuser=True))
    plugin_disable(site=larvik.site, slug="participation")
    assert listed(platform) == ["Lys"]
    assert platform.get(f"{LIST}{hidden.pk}/").status_code == 404


def test_filters_and_search(
    propose: Propose,
    bench: InitiativePage,
    larvik: Pilot,
    mats: User,
    moderator: Client,
    make_initiative: Callable[..., InitiativePage],
) -> None:
    now = timezone.now()
    bath = make_initiative(larvik, "Badetrapp", author=mats)
    propose("Tak", category="play", chosen=True)
    propose("Skjult", state=ProposalState.HIDDEN)
    propose(
        "Sauna",
        initiative=bath,
        answer_state="rejected",
        answer_text="Nei.",
        answer_published=True,
        answered_at=now,
    )
    assert set(listed(moderator)) == {"Tak", "Skjult", "Sauna"}
    assert listed(moderator, f"?initiative={bath.pk}") == ["Sauna"]
    assert listed(moderator, "?state=hidden") == ["Skjult"]
    assert listed(moderator, "?answer=waiting") == ["Tak"]
    assert listed(moderator, "?answer=rejected") == ["Sauna"]
    assert listed(moderator, "?category=play") == ["Tak"]
    assert listed(moderator, "?chosen=true") == ["Tak"]
    assert listed(moderator, "?q=sauna") == ["Sauna"]


def test_filters_offer_what_is_used_in_ones_own_pilot(
    propose: Propose,
    bench: InitiativePage,
    voss: Pilot,
    mats: User,
    moderator: Client,
    make_initiative: Callable[..., InitiativePage],
) -> None:
    propose("Tak", category="play")
    propose("Bord", category="play")
    propose("Gammelt", category="gone")
    propose("Lys", category="light", initiative=make_initiative(voss, "Elvestien", author=mats))
    filters = moderator.get(LIST).context["filters"].form.fields
    categories = {choice for choice in filters["category"].choices if choice[0]}
    assert categories == {("play", "Lek"), ("gone", "gone")}
    assert list(filters["initiative"].queryset) == [bench]


def test_the_list_is_taken_away_as_a_spreadsheet(propose: Propose, moderator: Client, ola: User) -> None:
    propose("Tak", supporters=[ola], category="play")
    response = moderator.get(f"{LIST}?export=csv")
    header, row = b"".join(response.streaming_content).decode().splitlines()
    assert header.startswith("Uuid,Project,Title,Text,Category")
    # The pilot's own name for the category.
    assert ",Benken,Tak,Tak for alle.,Lek," in row
    assert "kari" not in row


def test_the_list_costs_the_same_for_many(
    propose: Propose, moderator: Client, ola: User, crowd: Callable[[int], list[User]]
) -> None:
    people = crowd(20)
    counts = []
    for number in (1, 20):
        while Proposal.objects.count() < number:
            propose(f"Forslag {Proposal.objects.count()}", author=people[0], supporters=[ola])
        with CaptureQueriesContext(connection) as queries:
            assert len(listed(moderator)) == number
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_the_page_of_a_proposal_names_people_as_others_see_them(
    propose: Propose, moderator: Client, ola: User
) -> None:
    proposal = propose("Tak", supporters=[ola], body="Første <b>linje</b>\nAndre linje", place_name="Parken")
    page = moderator.get(f"{LIST}{proposal.pk}/").content.decode()
    assert "Første &lt;b&gt;linje&lt;/b&gt;<br>Andre linje" in page
    assert "Kari" in page
    assert "kari@example.org" not in page
    assert "<dd>1</dd>" in page
    assert "Parken" in page


def test_an_answer_is_drafted_published_and_corrected(propose: Propose, moderator: Client) -> None:
    proposal = propose("Tak")
    response = decide(moderator, proposal, answer_state="evaluating", answer_text="Vi ser på det.")
    assert (response.status_code, response.url) == (302, LIST)
    proposal.refresh_from_db()
    assert (proposal.answer_state, proposal.answer_published) == (AnswerState.EVALUATING, False)
    assert proposal.answered_by is not None
    assert proposal.answered_by.display_name == "Samira"
    decide(moderator, proposal, answer_state="accepted", answer_text="Ja.", publish="on")
    proposal.refresh_from_db()
    assert (proposal.answer_state, proposal.answer_published) == (AnswerState.ACCEPTED, True)
    decide(moderator, proposal, answer_text="Ja, i vår.")
    proposal.refresh_from_db()
    assert (proposal.answer_text, proposal.answer_published) == ("Ja, i vår.", True)


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"answer_state": "accepted", "publish": "on"}, "answer_text", "Say why, before it is published."),
        ({"answer_text": "Ja."}, "answer_state", "The answer can be: evaluating, accepted, rejected."),
    ],
)
def test_what_the_services_refuse_stands_beside_the_field(
    propose: Propose, moderator: Client, data: dict[str, str], field: str, message: str
) -> None:
    proposal = propose("Tak")
    response = decide(moderator, proposal, **data)
    assert response.status_code == 200
    assert response.context["form"].errors == {field: [message]}
    assert "The decision could not be saved." in response.content.decode()
    proposal.refresh_from_db()
    assert (proposal.answer_state, proposal.answer_text) == ("", "")


def test_a_public_answer_is_not_taken_back(propose: Propose, moderator: Client) -> None:
    now = timezone.now()
    answer = {"answer_state": "accepted", "answer_text": "Ja.", "answer_published": True, "answered_at": now}
    proposal = propose("Tak", **answer)
    data = {"answer_state": "accepted", "answer_text": "Kanskje.", "merge_into": ""}
    response = moderator.post(f"{LIST}{proposal.pk}/", data)
    assert response.context["form"].non_field_errors() == [
        "The answer is public already. Publish the change as well."
    ]


def test_the_concept_is_chosen_and_released(propose: Propose, moderator: Client) -> None:
    first, second = propose("Tak"), propose("Bord")
    for chosen in (first, second):
        decide(moderator, chosen, choose="on")
        assert list(Proposal.objects.filter(chosen=True)) == [chosen]
    second.refresh_from_db()
    data = {"answer_state": "", "answer_text": "", "merge_into": ""}
    moderator.post(f"{LIST}{second.pk}/", data)
    assert not Proposal.objects.filter(chosen=True).exists()


def test_proposals_of_one_project_are_merged(
    propose: Propose,
    larvik: Pilot,
    mats: User,
    ola: User,
    moderator: Client,
    make_initiative: Callable[..., InitiativePage],
) -> None:
    roof, table = propose("Tak", supporters=[ola]), propose("Bord")
    elsewhere = propose("Sauna", initiative=make_initiative(larvik, "Badetrapp", author=mats))
    hidden = propose("Skjult", state=ProposalState.HIDDEN)
    offered = moderator.get(f"{LIST}{roof.pk}/").context["form"].fields["merge_into"].queryset
    assert list(offered) == [table]
    for wrong in (elsewhere, hidden, roof):
        assert decide(moderator, roof, merge_into=wrong.pk).status_code == 200
    assert decide(moderator, roof, merge_into=table.pk).status_code == 302
    roof.refresh_from_db()
    assert (roof.state, roof.merged_into) == (ProposalState.MERGED, table)
    assert Support.objects.get().proposal == table


def test_all_or_nothing(propose: Propose, moderator: Client) -> None:
    roof, table = propose("Tak"), propose("Bord")
    # A chosen concept can't be merged, so it isn't chosen either.
    response = decide(moderator, roof, choose="on", merge_into=table.pk)
    assert response.context["form"].non_field_errors() == [
        "The proposal is the chosen concept. The team has to release it first."
    ]
    roof.refresh_from_db()
    assert (roof.chosen, roof.state) == (False, ProposalState.PUBLISHED)


def test_managers_change_their_pilots_settings(
    larvik: Pilot, voss: Pilot, make_person: Callable[..., User]
) -> None:
    manager = signed_in(make_person("Turid"), larvik, "managers")
    address = f"/admin/settings/participation/participationsettings/{larvik.site.pk}/"
    row = ParticipationSettings.objects.get(site=larvik.site).categories.get()
    data = {
        "categories-TOTAL_FORMS": "2",
        "categories-INITIAL_FORMS": "1",
        "categories-MIN_NUM_FORMS": "0",
        "categories-MAX_NUM_FORMS": "1000",
        "categories-0-id": str(row.pk),
        "categories-0-name": "Lek",
        "categories-0-key": "play",
        "categories-0-ORDER": "2",
        "categories-1-id": "",
        "categories-1-name": "Grønt",
        "categories-1-key": "green",
        "categories-1-ORDER": "1",
    }
    assert manager.get(address).status_code == 200
    assert manager.post(address, data).status_code == 302
    settings = ParticipationSettings.objects.get(site=larvik.site)
    assert settings.proposals_open is False
    assert [category.key for category in settings.categories.order_by("sort_order")] == ["green", "play"]
    other = f"/admin/settings/participation/participationsettings/{voss.site.pk}/"
    assert manager.get(other).status_code == 302
