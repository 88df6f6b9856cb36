"""The budgets in the admin: a list of lines that staff can filter and take away as a spreadsheet."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.admin.viewsets.base import ViewSetGroup

from stedskaping_core.listings import PluginListing, PluginListView
from stedskaping_core.models import InitiativePage
from stedskaping_core.staff import StaffScope
from stedskaping_funding.formatting import kroner
from stedskaping_funding.models import BudgetLine, LineKind


def _own_initiatives(request: HttpRequest) -> QuerySet[InitiativePage]:
    return StaffScope.of(request).initiatives_with("funding").order_by("title")


class BudgetLineFilters(WagtailFilterSet):
    """Offers only projects that the person may see."""

    initiative = django_filters.ModelChoiceFilter(label=_("Project"), queryset=_own_initiatives)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=LineKind.choices)
    required = django_filters.BooleanFilter(label=_("Required"))

    class Meta:
        model = BudgetLine
        fields: ClassVar = ["initiative", "kind", "required"]


class BudgetLineView(PluginListView):
    """All budget lines of the pilots that the person works for."""

    slug = "funding"
    model = BudgetLine
    page_title = _("Budget lines")
    filterset_class = BudgetLineFilters
    default_ordering = "initiative__title"
    search_backend_name = None
    search_fields = ("title", "secured_note", "initiative__title")
    list_export: ClassVar = [
        "initiative.title",
        "title",
        "kind",
        "amount",
        "currency",
        "required",
        "secured",
        "secured_note",
        "changed_at",
    ]
    export_headings: ClassVar = {"initiative.title": _("Project")}
    export_filename = "budget-lines"

    columns: ClassVar = [
        Column("title", label=_("Line")),
        Column("initiative", label=_("Project"), accessor="initiative.title", sort_key="initiative__title"),
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("amount", label=_("Amount"), accessor=lambda line: kroner(line.amount), sort_key="amount"),
        BooleanColumn("required", label=_("Required"), sort_key="required"),
        Column("secured", label=_("Secured"), accessor=lambda line: kroner(line.secured), sort_key="secured"),
        Column("secured_note", label=_("From whom")),
    ]

    def rows(self, scope: StaffScope) -> QuerySet[Any]:
        """Lines of initiatives in the person's pilots."""
        initiatives = scope.initiatives_with("funding").values("pk")
        return BudgetLine.objects.filter(initiative__in=initiatives).select_related("initiative")


class BudgetLineListing(PluginListing):
    """Where the list is found."""

    name = "funding_budget_lines"
    url_prefix = "funding/budget-lines"
    icon = "list-ul"
    menu_label = _("Budget lines")
    view_class = BudgetLineView


class FundingGroup(ViewSetGroup):
    """The plugin's entry in the menu."""

    menu_label = _("Funding")
    menu_name = "funding"
    menu_icon = "funding-coins"
    menu_order = 320
    items: ClassVar = (BudgetLineListing,)
