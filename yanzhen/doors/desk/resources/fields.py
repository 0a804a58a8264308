"""Fields the forms of resources share."""

from collections.abc import Iterable

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from yanzhen.culture.resources.models import Facility, Resource
from yanzhen.doors.desk.reader_forms import short_text
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Division, Site

FIELD_OF = {
    "name-missing": "name", "count-unfit": "units", "count-too-small": "units",
    "part-of-itself": "part_of", "part-elsewhere": "part_of", "tree-in-use": "part_of",
    "purpose-missing": "purpose", "ends-before-start": "ends", "buffer-unfit": "set_up",
    "too-many-heads": "heads", "facility-not-open": "starts", "facility-closed": "facility",
    "house-closed": "opened_specially",
    "record-check-missing": "teacher", "weekly-cap": "teacher", "no-time-to-travel": "teacher",
    "nothing-wanted": "facility", "check-in-future": "checked_on", "document-missing": "document",
    "photo-unfit": "photo", "caption-missing": "caption", "towns-unfit": "other",
    "minutes-unfit": "minutes", "substitute-unfit": "substitute",
}  # fmt: skip


class ResourceForm(forms.Form):
    """A form that takes a refusal and keeps everything typed."""

    def take(self, refused: Refused) -> None:
        field = FIELD_OF.get(refused.code)
        self.add_error(field if field in self.fields else None, refused.in_full)


class SiteField(forms.ModelChoiceField):
    """Sites by their code, in the language of the screen."""

    def __init__(self, **options):
        options = {"label": _("在哪个馆（站、室）"), "to_field_name": "code", **options}
        super().__init__(Site.objects.all(), **options)

    def label_from_instance(self, obj: Site) -> str:
        return obj.label


class TownField(forms.ModelChoiceField):
    def __init__(self, **options):
        options = {"label": _("镇街"), "to_field_name": "code", "required": False, **options}
        super().__init__(Division.objects.towns(), **options)

    def label_from_instance(self, obj: Division) -> str:
        return obj.label


class ResourceField(forms.ModelChoiceField):
    """Standing resources of one sort, those of some sites only where `offer` was called."""

    def __init__(self, sort: str, **options):
        options = {"required": False, **options}
        self.sort = sort
        super().__init__(Resource.objects.none(), **options)

    def offer(self, sites: Iterable[int] | None = None, *, without: int | None = None) -> None:
        rows = Resource.objects.standing().filter(sort=self.sort).exclude(pk=without)
        rows = rows.select_related("site")
        self.queryset = rows if sites is None else rows.filter(site__in=list(sites))

    def label_from_instance(self, obj: Resource) -> str:
        return obj.label if obj.sort == Resource.Sort.TEACHER else f"{obj.site.label} · {obj.label}"


class FacilityField(forms.ModelChoiceField):
    def __init__(self, **options):
        super().__init__(Facility.objects.none(), required=False, **options)

    def label_from_instance(self, obj: Facility) -> str:
        return f"{obj.site.label} · {obj.label}"


def number_field(label, *, most: int, least: int = 0, required: bool = True, **options):
    """A whole number with one sentence for whatever is wrong with it."""
    said = format_lazy(_("请填 {least} 到 {most} 之间的整数。"), least=least, most=most)
    return forms.IntegerField(
        label=label, required=required, min_value=least, max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "4"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), said),
        **options,
    )  # fmt: skip


def day_field(label, **options) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请选一天。"), "invalid": _("没有这一天，请重新选。")},
        **options,
    )  # fmt: skip


def time_field(label, **options) -> forms.TimeField:
    said = _("请按 14:00 这样填。")
    return forms.TimeField(
        label=label,
        widget=forms.TimeInput(attrs={"type": "time", "step": "900"}, format="%H:%M"),
        error_messages={"required": said, "invalid": said}, **options,
    )  # fmt: skip


def name_field(label, **attrs) -> forms.CharField:
    field = short_text(label, most=80, **attrs)
    field.error_messages["required"] = _("请填名称。")
    return field
