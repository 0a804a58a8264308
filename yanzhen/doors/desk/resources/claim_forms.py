"""The forms of the planner."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from yanzhen.culture.resources.access import managed_sites
from yanzhen.culture.resources.claiming import Want
from yanzhen.culture.resources.models import Claim, Resource
from yanzhen.doors.desk.reader_forms import short_text
from yanzhen.doors.desk.resources.fields import (
    ResourceField,
    ResourceForm,
    SiteField,
    day_field,
    number_field,
    time_field,
)
from yanzhen.network.models import Site
from yanzhen.people.roles import Actor

Sort = Resource.Sort


class SpanForm(ResourceForm):
    """A day and two times of it; an end before the start is one of the next day."""

    day = day_field(_("哪一天"))
    starts = time_field(_("几点开始"))
    ends = time_field(_("几点结束"))

    def span(self) -> dict[str, dt.datetime]:
        """`starts_at` and `ends_at` in county time."""
        told = self.cleaned_data
        last = told["day"] + dt.timedelta(days=max(0, told.get("days") or 1) - 1)
        return {
            "starts_at": timezone.make_aware(dt.datetime.combine(told["day"], told["starts"])),
            "ends_at": timezone.make_aware(dt.datetime.combine(last, told["ends"])),
        }


class ClaimForm(SpanForm):
    """All that one use needs, claimed together or not at all."""

    purpose = short_text(_("用来做什么"), most=80, placeholder=_("例如：声乐课、村晚彩排"))
    use = forms.ChoiceField(label=_("哪一类"), choices=Claim.Use.choices)
    facility = ResourceField(Sort.FACILITY, label=_("场地"), empty_label=_("不用我们的场地"))
    teacher = ResourceField(Sort.TEACHER, label=_("老师"), empty_label=_("不用老师"))
    equipment = ResourceField(Sort.EQUIPMENT, label=_("器材"), empty_label=_("不用器材"))
    units = number_field(_("器材几件"), least=1, most=500, required=False)
    vehicle = ResourceField(Sort.VEHICLE, label=_("车辆"), empty_label=_("不用车"))
    site = SiteField(
        label=_("在哪里"), required=False, empty_label=_("就在那个场地"),
        help_text=_("不用我们的场地时请选；老师赶路的时间按它算。"),
    )  # fmt: skip
    days = number_field(_("连续几天"), least=1, most=92, required=False)
    set_up = number_field(_("提前几分钟布置"), most=1440, required=False)
    tear_down = number_field(_("结束后几分钟收场"), most=1440, required=False)
    heads = number_field(_("大约多少人"), most=20_000, required=False)
    for_minors = forms.BooleanField(
        label=_("有未成年人参加"), required=False,
        help_text=_("要核对老师的入职查询（12 个月内）。"),
    )  # fmt: skip
    opened_specially = short_text(
        _("闭馆日特别开放的理由"), most=200, required=False,
        help_text=_("那天贴了闭馆公告才要写"),
    )  # fmt: skip
    draft = forms.BooleanField(
        label=_("先暂留三天，还没定"), required=False, help_text=_("三天内没有确认就自动放开。")
    )
    field_order = ("purpose", "use", "facility", "teacher", "day", "starts", "ends")

    def __init__(self, *args: Any, by: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        sites = managed_sites(by)
        for name in ("facility", "teacher", "equipment", "vehicle"):
            field = self.fields[name]
            assert isinstance(field, ResourceField)
            field.offer(None if name == "teacher" else sites)
        place = self.fields["site"]
        assert isinstance(place, SiteField)
        place.queryset = Site.objects.filter(pk__in=sites)
        self.fields["purpose"].error_messages["required"] = _("请写用来做什么。")

    def wants(self) -> list[Want]:
        told = self.cleaned_data
        units = {"equipment": told.get("units") or 1}
        return [
            Want(told[name].pk, units.get(name, 1))
            for name in ("facility", "teacher", "equipment", "vehicle")
            if told[name]
        ]

    def use_told(self) -> dict[str, Any]:
        """What claim_all wants besides who, when and which."""
        told = self.cleaned_data
        numbers = {name: told[name] or 0 for name in ("set_up", "tear_down", "heads")}
        named = {
            name: told[name]
            for name in ("purpose", "use", "site", "for_minors", "opened_specially")
        }
        return {**named, **numbers, **self.span(), "wants": self.wants()}


class MoveForm(SpanForm):
    days = number_field(_("连续几天"), least=1, most=92, required=False)
    opened_specially = short_text(
        _("闭馆日特别开放的理由"), most=200, required=False,
        help_text=_("那天贴了闭馆公告才要写"),
    )  # fmt: skip

    @classmethod
    def of(cls, claim: Claim) -> "MoveForm":
        """Filled with where the claim is now."""
        start, end = timezone.localtime(claim.starts_at), timezone.localtime(claim.ends_at)
        told = {"day": start.date(), "starts": start.time(), "ends": end.time()}
        days = (end.date() - start.date()).days + 1
        return cls(initial={**told, "days": days if days > 1 else None})


class SwapForm(ResourceForm):
    def __init__(self, *args: Any, claim: Claim, by: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        substitute = ResourceField(
            claim.resource.sort, label=_("换成"), required=True, empty_label=None
        )
        shared = claim.resource.sort in (Sort.TEACHER, Sort.TROUPE)
        substitute.offer(None if shared else managed_sites(by), without=claim.resource_id)
        self.fields["substitute"] = substitute
