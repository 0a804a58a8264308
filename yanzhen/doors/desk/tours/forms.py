"""What is typed at a desk: orders on the telephone, menu items, troupes, units, runs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yanzhen.culture.activities.models import Activity
from yanzhen.culture.tours.entering import Band, Dish
from yanzhen.culture.tours.models import MenuItem, Requester, Troupe
from yanzhen.culture.tours.ordering import Unit, Wish
from yanzhen.culture.tours.planning import Plan
from yanzhen.doors.portal.menu_forms import TownField, a_day, a_head_count, a_line, a_time
from yanzhen.groundwork.refusals import Refused

FIELD_OF = {
    "day-not-to-come": "day", "out-of-season": "day", "already-ordered": "day",
    "heads-unlikely": "heads", "safety-note-missing": "note", "name-missing": "name",
    "name-taken": "name", "minutes-unlikely": "minutes", "members-unlikely": "members",
    "phone-unreadable": "phone", "contact-missing": "contact", "requester-incomplete": "town",
    "run-span-unlikely": "last_day", "run-in-the-past": "first_day",
    "day-outside-run": "last_day", "day-too-long": "departs",
}  # fmt: skip


def a_number(label, *, initial: int | None = None, hint="") -> forms.IntegerField:
    return forms.IntegerField(
        label=label, initial=initial, help_text=hint, min_value=0, max_value=20_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 5, "data-width": "4"}),
        error_messages={
            "required": _("请填一个数。"), "invalid": _("请填数字。"),
            "min_value": _("请填 0 或更大的数。"), "max_value": _("这个数太大了。"),
        },
    )  # fmt: skip


class TourForm(forms.Form):
    """A form that takes a refusal beside the field it is about."""

    def take(self, refused: Refused) -> None:
        field = FIELD_OF.get(refused.code, "")
        self.add_error(field if field in self.fields else None, refused.in_full)


class PhoneOrderForm(TourForm):
    """Five fields, in the order in which one asks on the telephone."""

    requester = forms.ModelChoiceField(
        Requester.objects.none(), label=_("哪个单位"), empty_label=_("请选"),
        error_messages={"required": _("请选单位；没有登记过的先登记。"),
                        "invalid_choice": _("请从列出的单位里选。")},
    )  # fmt: skip
    item = forms.ModelChoiceField(
        MenuItem.objects.none(),
        label=_("点什么"),
        empty_label=_("请选"),
        error_messages={"required": _("请选点什么。"), "invalid_choice": _("请从菜单里选。")},
    )
    day = a_day(_("哪一天"))
    heads = a_head_count(_("大概多少人"))
    note = a_line(_("现场安全和备注"), 200, hint=_("工地要写怎么保证安全"))

    def __init__(self, *args, items, requesters, **options):
        super().__init__(*args, **options)
        self.fields["item"].queryset = items  # type: ignore[attr-defined]
        self.fields["requester"].queryset = requesters  # type: ignore[attr-defined]

    def unit(self) -> Unit:
        known: Requester = self.cleaned_data["requester"]
        return Unit(known.name, known.kind, known.town, known.contact, known.phone, known.address)

    def wish(self) -> Wish:
        told = self.cleaned_data
        return Wish(told["item"].pk, told["day"], told["heads"], safety_note=told["note"])


class UnitForm(TourForm):
    name = a_line(_("单位名称"), 60, needed=_("请写单位名称。"), autocomplete="off")
    kind = forms.ChoiceField(label=_("是什么单位"), choices=Requester.Kind.choices)
    town = TownField(empty_label=_("请选"))
    contact = a_line(_("联系人"), 40, needed=_("请留一位联系人。"), autocomplete="off")
    phone = a_line(_("电话"), 30, needed=_("请留电话。"), inputmode="tel", autocomplete="off")
    address = a_line(_("地址"), 120, autocomplete="off")

    def unit(self) -> Unit:
        told = self.cleaned_data
        names = ("name", "kind", "town", "contact", "phone", "address")
        return Unit(*(told[name] for name in names))


class DishForm(TourForm):
    name = a_line(_("叫什么"), 60, needed=_("请填名称。"), autocomplete="off")
    kind = forms.ChoiceField(label=_("是哪一类"), choices=MenuItem.Kind.choices)
    audience = forms.ChoiceField(label=_("给谁看"), choices=Activity.Audience.choices)
    season = forms.ChoiceField(label=_("什么季节有"), choices=MenuItem.Season.choices)
    minutes = a_number(_("多少分钟"), initial=60)
    introduction = forms.CharField(
        label=_("说几句"), required=False, max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("太长了，请写短一点。")},
    )  # fmt: skip
    space = a_line(_("对方要有什么场地"), 80)
    power = a_line(_("用电"), 80)
    helpers = a_number(_("要几个人搭把手"), initial=0)

    def dish(self, item: MenuItem | None) -> Dish:
        english = (item.name_en, item.introduction_en) if item else ("", "")
        return Dish(**self.cleaned_data, name_en=english[0], introduction_en=english[1])


class TroupeForm(TourForm):
    name = a_line(_("队名"), 80, needed=_("请填队名。"), autocomplete="off")
    kind = forms.ChoiceField(label=_("馆办还是群众"), choices=Troupe.Kind.choices)
    town = TownField(empty_label=_("请选"))
    art = a_line(_("演什么"), 40, needed=_("请写演什么，例如：腰鼓、川剧。"))
    members = a_number(_("多少人"))
    leader = a_line(_("领队"), 40, needed=_("请写领队。"), autocomplete="off")
    phone = a_line(_("领队电话"), 30, inputmode="tel", autocomplete="off")

    def band(self) -> Band:
        return Band(**self.cleaned_data)


class RunForm(TourForm):
    name = a_line(_("这一趟叫什么"), 60, needed=_("请起个名，例如：丹山、中和一日。"))
    first_day = a_day(_("第一天"))
    last_day = a_day(_("最后一天"))
    departs = a_time(_("每天几点出发"), required=True)
    lead = a_line(_("领队"), 40, needed=_("请写领队。"), autocomplete="off")
    lead_phone = a_line(_("领队电话"), 30, inputmode="tel", autocomplete="off")
    set_up = a_number(_("到了以后装台几分钟"), initial=30)
    home_minutes = a_number(_("最后一站回来路上几分钟"), initial=40)
    note = a_line(_("备注"), 200)

    def plan(self) -> Plan:
        return Plan(**self.cleaned_data)
