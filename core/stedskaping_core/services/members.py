"""Who is in an initiative."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from stedskaping_core.choices import MemberRole
from stedskaping_core.errors import Refusal
from stedskaping_core.events import record
from stedskaping_core.models import InitiativeMember, InitiativePage, User
from stedskaping_core.permissions import require
from stedskaping_core.services.locking import lock_initiative


@transaction.atomic
def member_add(
    *, initiative: InitiativePage, user: User, role: str = MemberRole.TEAM, actor: User | None = None
) -> InitiativeMember:
    """Add a person, or give somebody who is in already another role.

    Facilitators are named and released by facilitators and the pilot's staff, not by the team. Raises
    `Refusal`: INVALID for an unknown role, LAST_INITIATOR.
    """
    page = lock_initiative(initiative)
    if role not in MemberRole.values:
        raise Refusal("INVALID", _("There is no such role."), path=("role",))
    roles = {role, *page.members.filter(user=user).values_list("role", flat=True)}
    require("nameFacilitator" if MemberRole.FACILITATOR in roles else "inviteMember", actor, page)
    member, created = InitiativeMember.objects.get_or_create(
        initiative=page, user=user, defaults={"role": role}
    )
    if created:
        record("core.member_added", page, actor=actor, name=user.public_name, member=user.pk)
    elif member.role != role:
        if member.role == MemberRole.INITIATOR:
            _keep_an_initiator(page, leaving=member)
        member.role = role
        member.save(update_fields=["role"])
        record(
            "core.member_role_changed", page, actor=actor, name=user.public_name, member=user.pk, role=role
        )
    return member


@transaction.atomic
def member_remove(*, initiative: InitiativePage, user: User, actor: User | None = None) -> None:
    """Take a person out; people may always leave by themselves. At least one initiator stays.

    Raises `Refusal`: NOT_FOUND for somebody who isn't a member, LAST_INITIATOR.
    """
    page = lock_initiative(initiative)
    member = InitiativeMember.objects.filter(initiative=page, user=user).first()
    if actor is None or actor.pk != user.pk:
        facilitates = member is not None and member.role == MemberRole.FACILITATOR
        require("nameFacilitator" if facilitates else "removeMember", actor, page)
    if member is None:
        raise Refusal("NOT_FOUND", _("This person isn't a member."))
    _keep_an_initiator(page, leaving=member)
    member.delete()
    record("core.member_removed", page, actor=actor, name=user.public_name, member=user.pk)


def _keep_an_initiator(page: InitiativePage, leaving: InitiativeMember) -> None:
    others = page.members.filter(role=MemberRole.INITIATOR).exclude(pk=leaving.pk)
    if leaving.role == MemberRole.INITIATOR and not others.exists():
        raise Refusal("LAST_INITIATOR", _("An initiative needs at least one initiator. Hand over first."))
