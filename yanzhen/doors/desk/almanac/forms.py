"""What the yearly papers say, as typed at a desk."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yanzhen.culture.almanac.models import SchoolPeriod
from yanzhen.doors.desk.reader_forms import short_text
from yanzhen.groundwork.refusals import Refused
from yanzhen.network.models import Holiday

FIELD_OF = {
    "holiday-without-name": "name",
    "holiday-without-source": "source",
    "holiday-span-unlikely": "last_day",
    "school-period-ends-too-early": "last_day",
    "school-period-too-long": "last_day",
    "school-period-overlaps": "first_day",
    "term-without-end-of-lessons": "lessons_end",
}


def day_field(label) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请选一天。"), "invalid": _("没有这一天，请重新选。")},
    )


class SpanForm(forms.Form):
    """Some days in a row, both ends included."""

    first_day = day_field(_("第一天"))
    last_day = day_field(_("最后一天"))

    def take(self, refused: Refused) -> None:
        field = FIELD_OF.get(refused.code)
        self.add_error(field if field in self.fields else None, refused.in_full)


class HolidayForm(SpanForm):
    name = short_text(_("什么节日"), most=30, placeholder=_("例如：春节"))
    kind = forms.ChoiceField(label=_("放假还是上班"), choices=Holiday.Kind.choices)
    source = short_text(_("依据（通知的文号或名称）"), most=200)
    field_order = ("name", "kind", "first_day", "last_day", "source")


class PeriodForm(SpanForm):
    stage = forms.ChoiceField(label=_("哪个学段"), choices=SchoolPeriod.Stage.choices)
    kind = forms.ChoiceField(label=_("学期还是假期"), choices=SchoolPeriod.Kind.choices)
    lessons_end = forms.TimeField(
        label=_("几点放学"), required=False, help_text=_("只有学期要填；这以后的场次算课后。"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("请按 16:00 这样填。")},
    )  # fmt: skip
    source = short_text(_("依据（教育部门的通知）"), most=200, required=False)
    field_order = ("stage", "kind", "first_day", "last_day", "lessons_end", "source")


class WidthForm(forms.Form):
    """How wide a festival's window is, in days."""

    days_before = forms.IntegerField(min_value=0, max_value=60)
    days_after = forms.IntegerField(min_value=0, max_value=60)
