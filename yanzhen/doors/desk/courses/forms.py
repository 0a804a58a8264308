"""Terms of a course, places for a group, a name for the list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yanzhen.doors.desk.reader_forms import short_text
from yanzhen.groundwork.refusals import Refused

FIELD_OF = {
    "places-unlikely": "places",
    "places-below-taken": "places",
    "share-impossible": "completion_share",
    "enrolment-closes-too-early": "enrol_until",
    "group-places-missing": "places",
    "course-full": "places",
    "course-nearly-full": "places",
    "group-keeps-already": "organisation",
}
_WHOLE = {"required": _("请填整数。"), "invalid": _("请填整数。")}


def whole(label, **options) -> forms.IntegerField:
    box = forms.TextInput(attrs={"inputmode": "numeric", "data-width": "4"})
    return forms.IntegerField(label=label, widget=box, error_messages=_WHOLE, **options)


def moment(label) -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={
            "required": _("请填日期和时间。"),
            "invalid": _("看不懂这个时间，请重新选。"),
        },
    )


class _Taking(forms.Form):
    def take(self, refused: Refused) -> None:
        field = FIELD_OF.get(refused.code)
        self.add_error(field if field in self.fields else None, refused.in_full)


class TermsForm(_Taking):
    places = whole(_("一共多少个名额"))
    enrol_from = moment(_("几时开始报名"))
    enrol_until = moment(_("报名到几时"))
    completion_share = whole(_("到课百分之几算结业"), initial=80)
    certified = forms.BooleanField(label=_("结业发证书"), required=False)


class GroupForm(_Taking):
    organisation = short_text(_("单位"), most=80)
    contact = short_text(_("联系人"), most=60)
    phone = short_text(_("电话"), most=30)
    places = whole(_("留几个名额"))
    names_until = forms.DateField(
        label=_("名单最晚哪天交"),
        help_text=_("过了这天还没有名字的名额自动退回。"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请选一天。"), "invalid": _("没有这一天，请重新选。")},
    )
