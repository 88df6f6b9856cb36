"""Two pilots, initiatives in any status, and questions to the schema."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from stedskaping_core.choices import InitiativeStatus, MemberRole
from stedskaping_core.models import InitiativeMember, InitiativePage, User
from stedskaping_core.services.pilots import Pilot
from stedskaping_graphql.engine.context import Context
from stedskaping_graphql.engine.execute import execute
from stedskaping_graphql.schema import get_schema


@pytest.fixture
def larvik(make_pilot: Callable[..., Pilot]) -> Pilot:
    return make_pilot("larvik", "3909")


@pytest.fixture
def voss(make_pilot: Callable[..., Pilot]) -> Pilot:
    return make_pilot("voss", "4621")


@pytest.fixture
def initiative(db: None) -> Callable[..., InitiativePage]:
    """Puts a page into the tree as it is, published and active by default; `team` become its members."""

    def make(
        pilot: Pilot, title: str = "Benk", *, team: tuple[User, ...] = (), **fields: Any
    ) -> InitiativePage:
        values: dict[str, Any] = {"live": True, "status": InitiativeStatus.ACTIVE, **fields}
        page = InitiativePage(title=title, summary="For alle.", locale=pilot.index.locale, **values)
        pilot.index.refresh_from_db()
        pilot.index.add_child(instance=page)
        for user in team:
            InitiativeMember.objects.create(initiative=page, user=user, role=MemberRole.TEAM)
        return page

    return make


@pytest.fixture
def ask(db: None) -> Callable[..., dict[str, Any]]:
    """Run a query through the real schema and answer with its data."""

    def run(text: str, user: User | None = None, **variables: Any) -> dict[str, Any]:
        request = RequestFactory().get("/graphql")
        request.user = user or AnonymousUser()
        result = execute(get_schema(), text, variables, None, Context(request))
        assert result.errors is None, result.errors
        assert result.data is not None
        return result.data

    return run
