"""Editing forms with slots: they offer only blocks of plugins that are on for the site at hand."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.blocks.base import BlockWidget

from stedskaping_core.streams.field import SlotStreamField


def offer_only(form: Any, slugs: Collection[str]) -> None:
    """Narrow every slot in a model form, and in the inline forms below it, to the blocks of these plugins."""
    for field in form._meta.model._meta.get_fields():
        if isinstance(field, SlotStreamField) and field.name in form.fields:
            _narrow(form, field, slugs)
    for formset in getattr(form, "formsets", {}).values():
        if any(isinstance(field, SlotStreamField) for field in formset.model._meta.get_fields()):
            _offer_only_below(formset, slugs)


def _narrow(form: Any, field: SlotStreamField, slugs: Collection[str]) -> None:
    block = field.block_for(slugs)
    form_field = form.fields[field.name]
    form_field.block = block
    form_field.widget = BlockWidget(block, attrs=form_field.widget.attrs)
    value = form.initial.get(field.name)
    if value is not None:
        # Read again from the raw data, so that items of switched-off plugins become kept ones.
        form.initial[field.name] = block.to_python(field.get_prep_value(value))


def _offer_only_below(formset: Any, slugs: Collection[str]) -> None:
    """Inline forms are made when they are first asked for, the empty one each time."""
    add_fields = formset.add_fields

    def add_narrowed_fields(form: Any, index: int | None) -> None:
        add_fields(form, index)
        offer_only(form, slugs)

    formset.add_fields = add_narrowed_fields


class SlotPageForm(WagtailAdminPageForm):
    """Base form for pages (`base_form_class = SlotPageForm`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from stedskaping_core.plugins.activation import enabled_slugs
        from stedskaping_core.sites import site_id_of_path

        super().__init__(*args, **kwargs)
        page = self.instance if self.instance.pk and self.instance.url_path else self.parent_page
        offer_only(self, enabled_slugs(site_id_of_path(page.url_path) if page is not None else None))


class SlotSettingForm(WagtailAdminModelForm):
    """Base form for settings of a site (`base_form_class = SlotSettingForm`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        from stedskaping_core.plugins.activation import enabled_slugs

        super().__init__(*args, **kwargs)
        offer_only(self, enabled_slugs(self.instance.site_id))
