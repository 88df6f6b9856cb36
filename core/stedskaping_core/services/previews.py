"""Previews: keep a page's unsaved content for an hour, and give it to whoever has the token.

One row per person and page. While the row lives its token stays the same, so that a window with an older
address shows what is being written now. The token is as good as the person's right to edit the page.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import logging
import secrets
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext
from wagtail.admin.models import FormState
from wagtail.models import COMMENTS_RELATION_NAME, Page, Site
from wagtail_headless_preview.models import HeadlessMixin

from stedskaping_core.models import PagePreview, User

logger = logging.getLogger("stedskaping.previews")

LIFE = dt.timedelta(hours=1)


@transaction.atomic
def preview_keep(*, page: Page, user: Any, mode: str = "") -> str:
    """Keep the unsaved content of `page` for an hour from now, and answer with the token that shows it.

    A page that was never saved has to know its place in the tree. Raises `PermissionDenied` for somebody who
    may not edit the page.
    """
    parent = page.get_parent() if page.pk is None else None
    if not isinstance(user, User) or not _may_edit(user, page if page.pk else None, parent):
        raise PermissionDenied
    if page.locale_id is None:
        page.locale = page.get_default_locale()
    content = page.serializable_data()
    # Remarks of editors to each other are no part of the page.
    content.pop(COMMENTS_RELATION_NAME, None)
    kind = page.cached_content_type
    now = timezone.now()
    found: dict[str, Any] = {"page_id": page.pk} if page.pk else {"parent": parent, "content_type": kind}
    seed = secrets.token_urlsafe(32)
    values = {
        "content_type": kind,
        "content": content,
        "mode": mode,
        "expires_at": now + LIFE,
    }
    row, created = PagePreview.objects.select_for_update().get_or_create(
        user=user, **found, defaults={**values, "seed": seed, "digest": _digest(_token(seed))}
    )
    if not created:
        # What has expired stays so: its address never shows anything again.
        seed = row.seed if row.expires_at > now else seed
        # The digest too, since the secret key may be another one than it was.
        PagePreview.objects.filter(pk=row.pk).update(**values, seed=seed, digest=_digest(_token(seed)))
    return _token(seed)


def preview_read(token: str) -> tuple[Page, str] | None:
    """The page as its editor has it on the screen, and the preview mode.

    None for every token that doesn't count: unknown, altered, expired, discarded, or of a person who is
    deactivated or may not edit the page any more.
    """
    row = (
        PagePreview.objects.select_related("user", "page", "parent", "content_type")
        .filter(digest=_digest(token), expires_at__gt=timezone.now())
        .first()
    )
    if row is None or not _may_edit(row.user, row.page, row.parent):
        return None
    page = _page(row)
    return None if page is None else (page, row.mode)


def preview_discard(*, user_id: int, **place: int) -> int:
    """Withdraw a person's preview of the page `page_id`, or of a new one of `content_type_id` under
    `parent_id`. Answers with how many there were."""
    return PagePreview.objects.filter(user_id=user_id, **place).delete()[0]


def previews_forget(site: Site) -> str:
    """The job `core.previews_forget`: delete what has expired. Previews belong to people and not to sites, so
    the first site's run does it for all."""
    number, _rows = PagePreview.objects.filter(expires_at__lte=timezone.now()).delete()
    return ngettext("%(number)d old preview deleted", "%(number)d old previews deleted", number) % {
        "number": number
    }


def forget_with_form(sender: type[FormState], instance: FormState, **_kwargs: object) -> None:
    """When the admin forgets what somebody typed into a page's form, its preview is withdrawn."""
    model = instance.content_type.model_class()
    if model is None or not issubclass(model, HeadlessMixin):
        return
    if instance.object_id:
        preview_discard(user_id=instance.user_id, page_id=int(instance.object_id))
    else:
        preview_discard(
            user_id=instance.user_id,
            parent_id=int(instance.parent_object_id),
            content_type_id=instance.content_type_id,
        )


def _may_edit(user: User, page: Page | None, parent: Page | None) -> bool:
    if not user.is_active:
        return False
    if page is not None:
        permissions = page.permissions_for_user(user)
        return bool(permissions.can_edit() or permissions.can_publish())
    return bool(parent and parent.permissions_for_user(user).can_add_subpage())


def _page(row: PagePreview) -> Page | None:
    """The page from its content; None when that can't be read any more."""
    try:
        if row.page is not None:
            return row.page.specific.with_content_json(row.content)
        model: Any = row.content_type.model_class()
        page = model.from_serializable_data(row.content) if model else None
    except Exception:
        # For a row that was chosen and has been deleted since, modelcluster raises whatever comes its way.
        logger.warning("preview %s can't be read", row.pk, exc_info=True)
        return None
    if page is not None:
        page.set_url_path(row.parent)
    return page


def _token(seed: str) -> str:
    code = salted_hmac("stedskaping_core.previews", seed, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(code).rstrip(b"=").decode()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
