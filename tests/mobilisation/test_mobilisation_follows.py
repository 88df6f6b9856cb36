"""Following: the database's rules, the services and the members who follow by themselves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from stedskaping_core.choices import InitiativeStatus, MemberRole
from stedskaping_core.errors import PluginDisabled, Refusal
from stedskaping_core.models import Event, InitiativeMember
from stedskaping_core.plugins.facade import hooks_for
from stedskaping_core.services.members import member_add
from stedskaping_core.services.plugins import plugin_disable, plugin_enable
from stedskaping_mobilisation import hooks
from stedskaping_mobilisation.models import Follow, FollowerMilestone
from stedskaping_mobilisation.services import follow, members_follow, unfollow

LONG_AGO = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def followers(page: Any) -> list[str]:
    rows = Follow.objects.filter(initiative=page, ended_at__isnull=True).order_by("pk")
    return [row.user.display_name for row in rows]


# ------------------------------------------------------------------ the database


def test_database_keeps_one_follow_per_person_and_initiative(
    larvik: Any, initiative: Any, make_person: Any
) -> None:
    page, ada = initiative(larvik), make_person("Ada")
    Follow.objects.create(initiative=page, user=ada)

    with pytest.raises(IntegrityError), transaction.atomic():
        Follow.objects.create(initiative=page, user=ada)
    with pytest.raises(IntegrityError, match="mobilisation_follow_ends_after_start"), transaction.atomic():
        Follow.objects.update(ended_at=timezone.now() - dt.timedelta(days=1))


def test_database_keeps_one_milestone_per_number(larvik: Any, initiative: Any) -> None:
    page = initiative(larvik)
    FollowerMilestone.objects.create(initiative=page, count=10)

    with pytest.raises(IntegrityError), transaction.atomic():
        FollowerMilestone.objects.create(initiative=page, count=10)
    with pytest.raises(IntegrityError, match="mobilisation_milestone_positive"), transaction.atomic():
        FollowerMilestone.objects.create(initiative=page, count=0)


# ------------------------------------------------------------------ the services


def test_follow_and_follow_again(larvik: Any, initiative: Any, make_person: Any) -> None:
    page, ada = initiative(larvik), make_person("Ada")

    first = follow(initiative=page, user=ada)
    again = follow(initiative=page, user=ada, notify=False)

    assert (first.pk, first.notify) == (again.pk, True)
    stored = Follow.objects.get()
    assert (stored.user, stored.initiative, stored.notify) == (ada, page, False)
    assert stored.created_at == first.created_at


def test_unfollow_forgets_a_resident(larvik: Any, initiative: Any, make_person: Any) -> None:
    page, ada = initiative(larvik), make_person("Ada")
    follow(initiative=page, user=ada)

    assert unfollow(initiative=page, user=ada) is True
    assert unfollow(initiative=page, user=ada) is False
    assert not Follow.objects.exists()


def test_unfollow_remembers_the_choice_of_a_member(larvik: Any, initiative: Any, make_person: Any) -> None:
    ada = make_person("Ada")
    page = initiative(larvik, team=(ada,))
    members_follow([page])
    assert followers(page) == ["Ada"]

    assert unfollow(initiative=page, user=ada) is True
    assert unfollow(initiative=page, user=ada) is False
    members_follow([page])
    assert followers(page) == []

    before = timezone.now()
    follow(initiative=page, user=ada)
    assert followers(page) == ["Ada"]
    assert Follow.objects.get().created_at >= before


def test_only_published_initiatives_are_followed_and_any_is_left(
    larvik: Any, initiative: Any, make_person: Any
) -> None:
    ada = make_person("Ada")
    page = initiative(larvik)
    follow(initiative=page, user=ada)
    page.unpublish()

    with pytest.raises(Refusal) as refused:
        follow(initiative=page, user=make_person("Bo"))

    assert refused.value.code == "NOT_PUBLISHED"
    assert unfollow(initiative=page, user=ada) is True


@pytest.mark.parametrize("service", [follow, unfollow])
def test_only_people_who_are_signed_in_follow(
    larvik: Any, initiative: Any, make_person: Any, service: Any
) -> None:
    page = initiative(larvik)

    for user in (AnonymousUser(), make_person("Ada", is_active=False)):
        with pytest.raises(Refusal) as refused:
            service(initiative=page, user=user)
        assert refused.value.code == "NOT_SIGNED_IN"
    assert not Follow.objects.exists()


def test_switched_off_nothing_changes_and_nothing_is_lost(
    larvik: Any, voss: Any, initiative: Any, make_person: Any
) -> None:
    page, elsewhere, ada = initiative(larvik), initiative(voss), make_person("Ada")
    follow(initiative=page, user=ada)
    plugin_disable(site=larvik.site, slug="mobilisation")

    for service in (follow, unfollow):
        with pytest.raises(PluginDisabled):
            service(initiative=page, user=ada)
    follow(initiative=elsewhere, user=ada)

    plugin_enable(site=larvik.site, slug="mobilisation")
    assert followers(page) == ["Ada"]
    assert unfollow(initiative=page, user=ada) is True


# ------------------------------------------------------------------ members follow by themselves


def test_members_follow_when_the_initiative_is_approved_and_when_they_join(
    larvik: Any, make_initiative: Any, make_person: Any, django_capture_on_commit_callbacks: Any
) -> None:
    ada, bo, siv = make_person("Ada"), make_person("Bo"), make_person("Siv")

    with django_capture_on_commit_callbacks(execute=True):
        draft = make_initiative(larvik, "Scene", author=siv, status="draft")
        member_add(initiative=draft, user=bo)
    assert followers(draft) == []

    with django_capture_on_commit_callbacks(execute=True):
        page = make_initiative(larvik, "Benk", author=ada)
    assert followers(page) == ["Ada"]

    with django_capture_on_commit_callbacks(execute=True):
        member_add(initiative=page, user=bo)
        member_add(initiative=page, user=siv, role=MemberRole.FACILITATOR)
    assert followers(page) == ["Ada", "Bo", "Siv"]


def test_event_may_come_again_and_brings_nobody_back(
    larvik: Any, make_initiative: Any, make_person: Any, django_capture_on_commit_callbacks: Any
) -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    with django_capture_on_commit_callbacks(execute=True):
        page = make_initiative(larvik, "Benk", author=ada)
    unfollow(initiative=page, user=ada)
    event = Event.objects.get(key="core.initiative_approved")

    hooks.on_event(event)
    with django_capture_on_commit_callbacks(execute=True):
        member_add(initiative=page, user=bo)
    hooks.on_event(event)

    assert followers(page) == ["Bo"]
    assert Follow.objects.count() == 2


@pytest.mark.parametrize("key", ["core.member_removed", "core.journey_started"])
def test_other_events_change_nothing(larvik: Any, initiative: Any, make_person: Any, key: str) -> None:
    page = initiative(larvik, team=(make_person("Ada"),))

    hooks.on_event(Event.objects.create(site=larvik.site, key=key, initiative=page))
    hooks.on_event(Event.objects.create(site=larvik.site, key="core.member_added"))

    assert not Follow.objects.exists()


def test_switched_on_again_the_members_of_that_site_are_caught_up(
    larvik: Any, voss: Any, initiative: Any, make_person: Any, django_capture_on_commit_callbacks: Any
) -> None:
    ada, bo, siv = make_person("Ada"), make_person("Bo"), make_person("Siv")
    old = make_person("Old", is_active=False)
    page = initiative(larvik, team=(ada, bo, old))
    ended = initiative(larvik, "Slutt", team=(ada,), status=InitiativeStatus.DISCONTINUED)
    draft = initiative(larvik, "Utkast", team=(ada,), status=InitiativeStatus.DRAFT, live=False)
    elsewhere = initiative(voss, team=(siv,))
    Follow.objects.create(initiative=page, user=bo, created_at=LONG_AGO, ended_at=LONG_AGO)

    with django_capture_on_commit_callbacks(execute=True):
        plugin_disable(site=larvik.site, slug="mobilisation")
        InitiativeMember.objects.create(initiative=page, user=siv)
        hooks_for(larvik.site).event(
            Event.objects.create(site=larvik.site, key="core.member_added", initiative=page)
        )
    assert followers(page) == []

    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            plugin_enable(site=larvik.site, slug="mobilisation")
        assert followers(page) == ["Ada", "Siv"]
    assert [followers(other) for other in (ended, draft, elsewhere)] == [[], [], []]


def test_catching_up_costs_the_same_for_any_number(
    larvik: Any, initiative: Any, make_person: Any, django_assert_num_queries: Any
) -> None:
    people = [make_person(f"P{n}") for n in range(3)]
    for number in range(20):
        initiative(larvik, f"Prosjekt {number}", team=tuple(people))

    # Two for the sites, one for the initiatives, one for the members, one to write.
    with django_assert_num_queries(5):
        hooks.on_enabled(larvik.site)

    assert Follow.objects.count() == 60
