"""Forms about when and where: one date or many, a move, a rain date, a reason."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from yanzhen.culture.activities import repeating
from yanzhen.culture.activities.holding import Holding, holding_of
from yanzhen.culture.activities.models import Session
from yanzhen.culture.activities.scheduling import Slot
from yanzhen.culture.almanac.lunar import day_words, month_words
from yanzhen.culture.resources.models import Facility
from yanzhen.doors.desk.activities.forms import PlanForm, number, text
from yanzhen.network.models import Site

WEEKDAYS = (
    ("MO", _("周一")), ("TU", _("周二")), ("WE", _("周三")), ("TH", _("周四")), ("FR", _("周五")),
    ("SA", _("周六")), ("SU", _("周日")),
)  # fmt: skip


def a_day(label, **options) -> forms.DateField:
    return forms.DateField(
        label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options
    )


def an_hour(label) -> forms.TimeField:
    return forms.TimeField(
        label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )


def minutes(label) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=1440,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "data-width": "4"}),
    )  # fmt: skip


def _lunar(number: int, words: Callable[[int], str]) -> str:
    return str(number) if get_language() == "en" else words(number)


_in_words = lazy(_lunar, str)  # English counts lunar months and days, Chinese has names for them


def a_lunar_day(label, none) -> forms.ChoiceField:
    days = [(n, _in_words(n, day_words)) for n in range(1, 31)]
    return forms.ChoiceField(label=label, required=False, choices=[("", none), *days])


# Where scripts run, only the halls of the place chosen are offered; else all, by place.
_NARROWING = {
    "hx-get": "", "hx-include": "#id_facility", "hx-select": "#halls", "hx-target": "#halls",
    "hx-swap": "outerHTML", "hx-trigger": "load, change",
}  # fmt: skip


class PlaceField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Site) -> str:
        return obj.label


class HallField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Facility) -> str:
        return f"{obj.site.label} · {obj.label}"


class TimeForm(PlanForm):
    """From when to when, and where."""

    day = a_day(_("日期"))
    starts = an_hour(_("开始"))
    ends = an_hour(_("结束"))
    last_day = a_day(_("到哪天"), required=False, help_text=_("展览这类连着几天的才填"))
    site = PlaceField(label=_("地点"), queryset=Site.objects.none(), empty_label=None)
    facility = HallField(
        label=_("场地"), queryset=Facility.objects.none(), required=False, empty_label=_("不指定"),
        help_text=_("选了就给这一场留好，别人不能再用"),
    )  # fmt: skip
    set_up = minutes(_("提前几分钟布置"))
    tear_down = minutes(_("结束后几分钟收场"))
    opened_specially = text(
        _("闭馆日特别开放的理由"), most=200, help_text=_("那天贴了闭馆公告才要写")
    )

    def __init__(
        self,
        *args: Any,
        sites: QuerySet[Site],
        halls: QuerySet[Facility],
        near: str | None = None,
        **kwargs: Any,
    ):
        """`near` is the id of the place the halls are asked for, while it is being chosen."""
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = sites  # type: ignore[attr-defined]
        self.fields["site"].widget.attrs.update(_NARROWING)
        if near and near.isascii() and near.isdigit():
            halls = halls.filter(site=int(near))
        self.fields["facility"].queryset = halls  # type: ignore[attr-defined]

    def add_error(self, field: str | None, error: Any) -> None:
        """What is said beside the halls stays until another place is chosen."""
        super().add_error(field, error)
        if field == "facility":
            self.fields["site"].widget.attrs["hx-trigger"] = "change"

    @property
    def holding(self) -> Holding:
        told = self.cleaned_data
        return Holding(told["set_up"] or 0, told["tear_down"] or 0, told["opened_specially"])

    @property
    def says_how_it_is_held(self) -> bool:
        names = ("set_up", "tear_down", "opened_specially")
        return any(self[name].value() or self[name].errors for name in names)

    @property
    def starts_at(self) -> dt.datetime:
        return _moment(self.cleaned_data["day"], self.cleaned_data["starts"])

    @property
    def ends_at(self) -> dt.datetime:
        told = self.cleaned_data
        return _moment(told["last_day"] or told["day"], told["ends"])


class SessionForm(TimeForm):
    """A new date, or with weekdays (or a rule) and an end a whole series."""

    capacity = number(_("能来多少人"), required=True)
    way_in = text(_("怎么进"), most=200, help_text=_("哪个门、坡道在哪、找谁；可以不填"))
    weekdays = forms.MultipleChoiceField(
        label=_("每周哪几天重复"), choices=WEEKDAYS, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("只办一次就不选"),
    )  # fmt: skip
    until = a_day(_("重复到哪天"), required=False)
    lunar_month = forms.ChoiceField(
        label=_("农历哪个月"), required=False,
        choices=[("", _("每个月")), *((n, _in_words(n, month_words)) for n in range(1, 13))],
    )  # fmt: skip
    lunar_day = a_lunar_day(_("农历哪一天"), _("不按农历"))
    lunar_day_too = a_lunar_day(_("还有哪一天"), _("没有"))
    rule = text(
        _("或者写一条重复规则"), most=200,
        help_text=_("例如每月最后一个周日，共六次：FREQ=MONTHLY;BYDAY=-1SU;COUNT=6"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if (told.get("weekdays") or self._lunar_days) and not told.get("until"):
            self.add_error("until", _("重复要写到哪天为止。"))
        if told.get("weekdays") and self._lunar_days:
            self.add_error("lunar_day", _("按星期重复和按农历重复只能选一样。"))
        return told

    @property
    def series_rule(self) -> str:
        """The RRULE of a series; empty for a single date."""
        told = self.cleaned_data
        if told["rule"]:
            return told["rule"].strip().upper()
        if self._lunar_days:
            month = int(told["lunar_month"]) if told["lunar_month"] else None
            return repeating.lunar(self._lunar_days, month=month, until=told["until"])
        if told["weekdays"]:
            return repeating.weekly(told["weekdays"], until=told["until"])
        return ""

    @property
    def _lunar_days(self) -> list[int]:
        chosen = (self.cleaned_data.get(name) for name in ("lunar_day", "lunar_day_too"))
        return [int(day) for day in chosen if day]

    @property
    def slot(self) -> Slot:
        told = self.cleaned_data
        return Slot(
            self.starts_at, self.ends_at, told["site"], told["capacity"], told.get("facility"),
            told["way_in"], self.holding,
        )  # fmt: skip


class MoveForm(TimeForm):
    reason = text(
        _("为什么改"), most=200, required=True, help_text=_("大家会看到，例如“下雨改到室内”")
    )


class RainDateForm(PlanForm):
    day = a_day(_("备用日期"))
    starts = an_hour(_("开始"))
    opened_specially = text(
        _("闭馆日特别开放的理由"), most=200, help_text=_("那天贴了闭馆公告才要写")
    )

    @property
    def starts_at(self) -> dt.datetime:
        return _moment(self.cleaned_data["day"], self.cleaned_data["starts"])


class CancelForm(PlanForm):
    """`for_rain_date` is offered only where there is one."""

    reason = text(_("为什么取消"), most=200, required=True, help_text=_("大家会看到"))
    for_rain_date = forms.BooleanField(label=_("改在备用日期举行"), required=False, initial=True)

    def __init__(self, *args: Any, rain_date: bool, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not rain_date:
            del self.fields["for_rain_date"]


class CapacityForm(PlanForm):
    capacity = number(_("能来多少人"), required=True)


def as_it_is(session: Session) -> dict[str, Any]:
    """What the form of a move shows first."""
    begins, ends = timezone.localtime(session.starts_at), timezone.localtime(session.ends_at)
    held = holding_of(session)
    return {
        "day": begins.date(), "starts": begins.time(), "ends": ends.time(),
        "last_day": ends.date() if ends.date() != begins.date() else None,
        "site": session.site_id, "facility": session.facility_id,
        "set_up": held.set_up or None, "tear_down": held.tear_down or None,
        "opened_specially": held.opened_specially,
    }  # fmt: skip


def _moment(day: dt.date, time: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, time))
