"""The part of the platform that a member of staff works with, and which pages belong to a site."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.test import RequestFactory
from wagtail.models import GroupPagePermission, Page, Site

from stedskaping_core.models import User
from stedskaping_core.services.plugins import plugin_disable
from stedskaping_core.sites import SiteMap
from stedskaping_core.staff import StaffScope


def scope_of(user: Any) -> StaffScope:
    request = RequestFactory().get("/admin/")
    request.user = user
    return StaffScope.of(request)


def grant(user: User, page: Page, codename: str = "change_page") -> None:
    group = Group.objects.create(name=f"{user.display_name} {page.pk} {codename}")
    permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=codename)
    GroupPagePermission.objects.create(group=group, page=page, permission=permission)
    user.groups.add(group)


def test_staff_work_for_the_sites_at_or_below_their_pages(make_pilot: Any, make_person: Any) -> None:
    larvik, voss = make_pilot("larvik"), make_pilot("voss")
    everywhere = set(Site.objects.values_list("pk", flat=True))
    names = ("One", "All", "Part", "Lock", "Nobody")
    one, above, below, locks, nobody = (make_person(name) for name in names)
    grant(one, larvik.page)
    grant(above, Page.get_first_root_node())
    grant(below, voss.index)
    grant(locks, voss.page, "lock_page")

    assert scope_of(one).site_ids == {larvik.site.pk}
    assert scope_of(above).site_ids == everywhere
    assert scope_of(make_person("Root", is_superuser=True)).site_ids == everywhere
    for user in (
        below,
        locks,
        nobody,
        AnonymousUser(),
        make_person("Gone", is_superuser=True, is_active=False),
    ):
        assert scope_of(user).site_ids == frozenset()


def test_scope_knows_where_a_plugin_is_on_and_is_worked_out_once(
    make_pilot: Any, make_person: Any, django_assert_num_queries: Any
) -> None:
    larvik, voss = make_pilot("larvik"), make_pilot("voss")
    plugin_disable(site=voss.site, slug="funding")
    user = make_person("Ada")
    for pilot in (larvik, voss):
        grant(user, pilot.page)
    request = RequestFactory().get("/admin/")
    request.user = user

    # Two for the sites, one for the permissions, one for the roots, one for the switches.
    with django_assert_num_queries(5):
        assert StaffScope.of(request).sites_with("funding") == {larvik.site.pk}
        assert StaffScope.of(request).sites_with("mobilisation") == {larvik.site.pk, voss.site.pk}
        assert StaffScope.of(request).sites_with("unheard_of") == frozenset()


def test_site_inside_another_site_has_its_pages_to_itself(make_pilot: Any) -> None:
    pilot = make_pilot("larvik")
    inner = Site.objects.create(hostname="prosjekter.example.org", root_page=pilot.index)
    page = pilot.index.add_child(instance=Page(title="Under", slug="under"))

    def pages(*sites: Site) -> set[int]:
        mine = Page.objects.filter(path__startswith=pilot.page.path)
        return set(mine.filter(SiteMap().within({site.pk for site in sites})).values_list("pk", flat=True))

    assert pages(pilot.site) == {pilot.page.pk}
    assert pages(inner) == {pilot.index.pk, page.pk}
    assert pages(pilot.site, inner) == {pilot.page.pk, pilot.index.pk, page.pk}
    assert pages() == set()
