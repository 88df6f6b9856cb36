"""Our own pages of the admin open in each of its languages."""

from __future__ import annotations

import pytest
from django.conf import settings
from wagtail.users.models import UserProfile


@pytest.mark.parametrize("language", [code for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES])
def test_the_page_opens(platform, staff, login, language):
    manager = staff(platform.larvik, "managers")
    client = login(manager)
    UserProfile.objects.update(preferred_language=language)
    pages = [
        "/admin/",
        "/admin/initiatives/",
        f"/admin/initiatives/{platform.initiative.pk}/",
        f"/admin/plugins/{platform.larvik.site.pk}/",
        "/admin/menus/new/",
        f"/admin/settings/cms/sitesettings/{platform.larvik.site.pk}/",
        f"/admin/pages/{platform.larvik.page.pk}/edit/",
        f"/admin/pages/{platform.initiative.pk}/edit/",
    ]

    answers = {page: client.get(page) for page in pages}

    assert {page: answer.status_code for page, answer in answers.items()} == dict.fromkeys(pages, 200)
    assert {answer.content.decode().count(f'<html lang="{language}"') for answer in answers.values()} == {1}
