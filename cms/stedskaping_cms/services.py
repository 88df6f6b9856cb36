"""Writes of the editorial models, and what they hold about a person."""

from __future__ import annotations

from stedskaping_cms.models import CourseRegistration
from stedskaping_core.models import User
from stedskaping_core.plugins.contributions import Erasure, PersonalData


def registrations_export(*, user: User) -> PersonalData:
    """The courses that the person has signed up for."""
    rows = CourseRegistration.objects.filter(user=user).select_related("session__page")
    return PersonalData(
        "course_registrations",
        [
            {
                "course": row.session.page.title,
                "starts_at": row.session.starts_at.isoformat(),
                "place": row.session.place,
                "state": row.state,
                "signed_up": row.created_at.isoformat(),
            }
            for row in rows
        ],
    )


def registrations_erase(*, user: User) -> Erasure:
    """Nobody needs to know who was at a course; the seats are free again."""
    number, _by_model = CourseRegistration.objects.filter(user=user).delete()
    return Erasure("course_registrations", erased=number)
