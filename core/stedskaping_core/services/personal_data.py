"""What core and Wagtail hold about a person: hand it out, and forget it.

Rows that must stay (who decided what, when) keep pointing at the account, which is anonymised: the traces
of one person hang together, but lead to nobody.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import ForeignKey, Model, QuerySet
from django.utils.translation import gettext as _
from wagtail.admin.models import EditingSession, FormState
from wagtail.models import APIToken, Comment, CommentReply, ModelLogEntry, Page, PageSubscription
from wagtail.users.models import UserProfile

from stedskaping_core.events import sentence
from stedskaping_core.models import (
    Activity,
    CampDayReport,
    Event,
    InitiativeMember,
    JourneyTask,
    PagePreview,
    PilotPage,
    Reschedule,
    User,
    Waiver,
)
from stedskaping_core.plugins.config import PluginConfig
from stedskaping_core.plugins.contributions import Erasure, PersonalData

# What stands in an activity instead of the name of somebody who has left.
NOBODY = "–"

# Rows that serve the person alone go with the account.
OWN_ROWS: tuple[type[Model], ...] = (
    APIToken,
    EditingSession,
    FormState,
    PagePreview,
    PageSubscription,
    UserProfile,
)


def personal_data_export(user: User) -> list[PersonalData]:
    """Everything that core and Wagtail hold about the person, with the texts that they wrote."""
    return [
        PersonalData("account", [_account(user)]),
        PersonalData("memberships", [*_memberships(user)]),
        PersonalData("activities", [*_activities(user)]),
        PersonalData("tasks", [*_tasks(user)]),
        PersonalData("texts", [*_texts(user)]),
        PersonalData("traces", [*_traces(user)]),
    ]


def _account(user: User) -> dict[str, Any]:
    return {
        "id": str(user.uuid),
        "email": user.email,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "display_name": user.display_name,
        "language": user.locale,
        "joined": user.date_joined.isoformat(),
        "last_login": user.last_login.isoformat() if user.last_login else None,
        "groups": [*user.groups.order_by("name").values_list("name", flat=True)],
    }


def _memberships(user: User) -> Iterator[dict[str, Any]]:
    for member in user.memberships.select_related("initiative").order_by("joined_at", "pk"):
        yield {
            "initiative": member.initiative.title,
            "role": str(member.get_role_display()),
            "joined": member.joined_at.isoformat(),
        }


def _activities(user: User) -> Iterator[dict[str, Any]]:
    for activity in Activity.objects.filter(actor=user).select_related("initiative").order_by("at", "pk"):
        yield {
            "initiative": activity.initiative.title,
            "kind": activity.kind,
            "text": sentence(activity),
            "at": activity.at.isoformat(),
        }


def _tasks(user: User) -> Iterator[dict[str, Any]]:
    tasks = JourneyTask.objects.select_related("phase__journey__initiative").order_by("pk")
    for relation, rows in (("assigned", tasks.filter(assignee=user)), ("done", tasks.filter(done_by=user))):
        for task in rows:
            yield {
                "initiative": task.phase.journey.initiative.title,
                "task": task.title,
                "relation": relation,
                "state": str(task.get_state_display()),
                "note": task.note,
            }


def _texts(user: User) -> Iterator[dict[str, Any]]:
    for report in CampDayReport.objects.filter(by=user).order_by("at", "pk"):
        yield {"kind": "camp day report", "text": report.text, "at": report.at.isoformat()}
    for waiver in Waiver.objects.filter(by=user).order_by("at", "pk"):
        yield {"kind": "waiver", "text": waiver.reason, "at": waiver.at.isoformat()}
    for change in Reschedule.objects.filter(by=user).order_by("at", "pk"):
        yield {"kind": "rescheduling", "text": change.reason, "at": change.at.isoformat()}
    for comment in Comment.objects.filter(user=user).order_by("created_at", "pk"):
        yield {"kind": "comment in the admin", "text": comment.text, "at": comment.created_at.isoformat()}
    for reply in CommentReply.objects.filter(user=user).order_by("created_at", "pk"):
        yield {"kind": "reply in the admin", "text": reply.text, "at": reply.created_at.isoformat()}


def _traces(user: User) -> Iterator[dict[str, Any]]:
    """How often rows of the platform and of Wagtail point at the account, whatever they say."""
    for field in _references():
        number = _rows(field, user).count()
        if number:
            yield {"table": field.model._meta.db_table, "column": field.column, "rows": number}


def _references() -> Iterator[ForeignKey[Any, Any]]:
    """Every foreign key to people that no plugin owns; plugins answer for theirs."""
    for relation in User._meta.get_fields(include_hidden=True):
        field = getattr(relation, "field", None)
        if not isinstance(field, ForeignKey) or not relation.auto_created or not field.model._meta.managed:
            continue
        if not isinstance(apps.get_app_config(field.model._meta.app_label), PluginConfig):
            yield field


def _rows(field: ForeignKey[Any, Any], user: User) -> QuerySet[Any]:
    return field.model._base_manager.filter(**{field.name: user})


@transaction.atomic
def personal_data_erase(user: User) -> list[Erasure]:
    """Anonymise the account and forget what serves the person alone.

    Memberships end, open tasks have nobody assigned, names in activities become a dash. Who did what stays
    on record under the anonymised account.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    named = Event.objects.filter(payload__member=user.pk)
    _forget_avatar(user)
    kept = [field for field in _references() if field.model not in (InitiativeMember, *OWN_ROWS)]
    report = [
        Erasure("account", anonymised=1),
        Erasure("memberships", erased=InitiativeMember.objects.filter(user=user).delete()[0]),
        Erasure("own rows", erased=sum(_rows_of(model, user).delete()[0] for model in OWN_ROWS)),
        Erasure("assigned tasks", anonymised=JourneyTask.objects.filter(assignee=user).update(assignee=None)),
        Erasure("contact of pilots", anonymised=PilotPage.objects.filter(contact=user).update(contact=None)),
        Erasure("locked pages", anonymised=_unlock(user)),
        Erasure("names in activities", anonymised=sum(_forget_name(event) for event in named)),
        Erasure("admin log", anonymised=_log_of(user).update(label=NOBODY)),
    ]
    remaining = sum(_rows(field, user).count() for field in kept)
    reason = _("They record who did what; the account behind them is anonymous now.")
    report.append(Erasure("records", kept=remaining, reason=reason if remaining else ""))
    _anonymise(user)
    return [erasure for erasure in report if erasure.erased or erasure.anonymised or erasure.kept]


def _rows_of(model: type[Model], user: User) -> QuerySet[Any]:
    return model._base_manager.filter(user=user)


def _forget_avatar(user: User) -> None:
    for profile in UserProfile.objects.filter(user=user).exclude(avatar=""):
        transaction.on_commit(partial(profile.avatar.storage.delete, profile.avatar.name))


def _unlock(user: User) -> int:
    return Page.objects.filter(locked_by=user).update(locked=False, locked_by=None, locked_at=None)


def _forget_name(event: Event) -> int:
    event.payload["name"] = NOBODY
    event.save(update_fields=["payload"])
    return Activity.objects.filter(event=event).update(params=event.payload)


def _log_of(user: User) -> QuerySet[ModelLogEntry]:
    """The admin's log about the account: its labels are the e-mail address."""
    kind = ContentType.objects.get_for_model(User)
    return ModelLogEntry.objects.filter(content_type=kind, object_id=str(user.pk))


def _anonymise(user: User) -> None:
    user.groups.clear()
    user.user_permissions.clear()
    # RFC 2606 keeps this top-level domain free, so that no mail can ever reach anybody.
    user.email = f"erased-{uuid.uuid4().hex}@erased.invalid"
    user.uuid = uuid.uuid4()
    user.first_name = user.last_name = user.display_name = ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login = None
    # Ends every session as well, because these are signed with the password's hash.
    user.set_unusable_password()
    user.save()
