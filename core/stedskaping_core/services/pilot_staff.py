"""The groups of a pilot's staff, and what each may do with the pilot's pages, pictures and settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Page,
    Site,
)
from wagtail.permission_policies.sites import SitePermissionPolicy
from wagtail.permissions import policy_registry

from stedskaping_core.sites import SiteMap

EDITOR_PAGES = ("add_page", "change_page")
MODERATOR_PAGES = (*EDITOR_PAGES, "publish_page", "lock_page")
MANAGER_PAGES = (*MODERATOR_PAGES, "unlock_page", "bulk_delete_page")
EDITOR_MEDIA = (
    *("add_image", "change_image", "choose_image"),
    *("add_document", "change_document", "choose_document"),
)
MANAGER_MEDIA = (*EDITOR_MEDIA, "add_collection", "change_collection")

# What each group may do with its pilot's pages and with images and documents of its collection: each whatever
# the one before it may. Who may publish counts as a facilitator of the pilot's initiatives.
GROUPS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "editors": (EDITOR_PAGES, EDITOR_MEDIA),
    "moderators": (MODERATOR_PAGES, EDITOR_MEDIA),
    "managers": (MANAGER_PAGES, MANAGER_MEDIA),
}
EVERYBODY = ("wagtailadmin.access_admin", "wagtail_localize.submit_translation")


@transaction.atomic
def pilot_groups_ensure(*, site: Site) -> tuple[dict[str, Group], Collection]:
    """The site's groups by role (`larvik: editors` and so on) and its own collection of images and documents.

    The groups reach the site's pages in every language, and managers everything that is given per site: its
    settings and those of all installed plugins, its menus, its plugin switches. Safe to run again, for
    example when a language or a plugin has been added. The site's profile must be there, since its key names
    the groups.
    """
    facts = SiteMap().sites[site.pk]
    groups = {role: Group.objects.get_or_create(name=f"{facts.key}: {role}")[0] for role in GROUPS}
    collection = _collection(groups["managers"], facts.name, facts.key)
    roots = list(Page.objects.filter(pk__in=facts.root_ids.values()))
    for role, group in groups.items():
        on_pages, on_media = GROUPS[role]
        group.permissions.add(*_permissions(EVERYBODY))
        for permission in _permissions(f"wagtailcore.{codename}" for codename in on_pages):
            for root in roots:
                GroupPagePermission.objects.get_or_create(group=group, page=root, permission=permission)
        for permission in _permissions(f"{_media_app(codename)}.{codename}" for codename in on_media):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=permission
            )
    for permission in _permissions(_given_per_site()):
        GroupSitePermission.objects.get_or_create(group=groups["managers"], site=site, permission=permission)
    return groups, collection


def _collection(managers: Group, name: str, key: str) -> Collection:
    """The collection that the site's managers have, or a new one. Two sites may share a name."""
    found = Collection.objects.filter(group_permissions__group=managers).order_by("path").first()
    if found is not None:
        return found
    root = Collection.get_first_root_node()
    taken = root.get_children().filter(name=name).exists()
    return root.add_child(instance=Collection(name=f"{name} ({key})" if taken else name))


def _media_app(codename: str) -> str:
    return "wagtailcore" if codename.endswith("collection") else "core"


def _given_per_site() -> list[str]:
    """To change each kind of thing that belongs to a site, whichever app registered it with Wagtail."""
    kinds = [
        model._meta
        for model, policy in policy_registry.values_by_class.items()
        if isinstance(policy, SitePermissionPolicy)
    ]
    return [f"{kind.app_label}.change_{kind.model_name}" for kind in kinds]


def _permissions(names: Iterable[str]) -> list[Permission]:
    """Permissions by `app_label.codename`. Raises `LookupError` for one that doesn't exist."""
    wanted = set(names)
    rows = Permission.objects.filter(codename__in={name.partition(".")[2] for name in wanted})
    found = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in rows.select_related("content_type")
    }
    missing = sorted(wanted - found.keys())
    if missing:
        raise LookupError(f"There is no permission {', '.join(missing)}. Run the migrations first.")
    return [found[name] for name in sorted(wanted)]
