"""Forms about readers at the desk; a refusal is shown beside the field it is about."""

import datetime as dt
import secrets

from django import forms
from django.utils.translation import gettext_lazy as _

from yanzhen.groundwork.refusals import Refused
from yanzhen.library.patrons.models import Block, ReaderCategory
from yanzhen.network.models import in_language
from yanzhen.people.models import Guardianship
from yanzhen.people.names import plain
from yanzhen.people.registering import GuardianDetails

BIRTH_DATES = [
    "%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y-%m", "%Y年%m月", "%Y", "%Y年",
]  # fmt: skip

FIELD_OF = {
    "name-missing": "name", "name-too-long": "name",
    "birth-date-missing": "born_on", "birth-date-impossible": "born_on",
    "phone-unreadable": "phone",
    "card-number-unfit": "number", "card-number-taken": "number",
    "guardian-consent-missing": "guardian_agreed",
    "guardian-name-missing": "guardian_name", "guardian-name-too-long": "guardian_name",
    "guardian-phone-unreadable": "guardian_phone", "guardian-phone-missing": "guardian_phone",
    "guardian-under-age": "guardian_name", "guardian-is-the-child": "guardian_name",
    "birth-date-guarded": "born_on",
}  # fmt: skip


class BirthDateField(forms.DateField):
    """A day as clerks type it: 1958-3-12, 19580312, １９５８年３月１２日, or only the year."""

    default_error_messages = {
        "required": _("请填出生日期；不记得哪一天，只填年份也行。"),
        "invalid": _("没有这一天。请按 年-月-日 填，例如 1958-03-12；只填年份也行。"),
    }

    def __init__(self, **options):
        box = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        super().__init__(input_formats=BIRTH_DATES, widget=box, **options)

    def to_python(self, value: str | dt.date | None) -> dt.date | None:
        return super().to_python(plain(value) if isinstance(value, str) else value)


class CategoryField(forms.ModelChoiceField):
    """The reader categories in the language of the screen, given by their code."""

    def __init__(self, **options):
        options = {"label": _("读者类型"), "to_field_name": "code", **options}
        super().__init__(ReaderCategory.objects.all(), **options)

    def label_from_instance(self, obj: ReaderCategory) -> str:
        return in_language(obj.name, obj.name_en)


def short_text(label, *, required: bool = True, most: int = 60, **attrs) -> forms.CharField:
    """A line of text that the browser does not fill in with the clerk's own data."""
    return forms.CharField(
        label=label, required=required, max_length=most,
        widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}),
        error_messages={"max_length": _("太长了，请检查是不是把别的内容粘了进来。")},
    )  # fmt: skip


class DeskForm(forms.Form):
    """A form that takes a refusal and keeps everything typed."""

    def take(self, refused: Refused) -> None:
        field = FIELD_OF.get(refused.code)
        self.add_error(field if field in self.fields else None, refused.in_full)


class PersonForm(DeskForm):
    name = short_text(_("姓名"))
    born_on = BirthDateField(
        label=_("出生日期"), help_text=_("例如 1958-03-12；只记得年份就填年份")
    )
    phone = short_text(_("电话"), required=False, most=30, inputmode="tel")

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["name"].error_messages["required"] = _("请填姓名。")


class RegistrationForm(PersonForm):
    """The four fields of the quick form, a child's guardian, the number of a printed card."""

    category = CategoryField(required=False, empty_label=_("按年龄自动选"))
    guardian_name = short_text(_("监护人姓名"), required=False)
    guardian_phone = short_text(_("监护人电话"), required=False, most=30, inputmode="tel")
    guardian_relation = forms.ChoiceField(
        label=_("是孩子的"), choices=Guardianship.Relation.choices, required=False
    )
    guardian_channel = forms.ChoiceField(
        label=_("怎么同意的"), choices=Guardianship.Channel.choices, required=False
    )
    guardian_agreed = forms.BooleanField(
        label=_("监护人已同意登记孩子的姓名、出生日期和借阅"), required=False
    )
    number = short_text(_("预制证号"), required=False, most=30, inputmode="numeric")
    once = forms.CharField(
        required=False, max_length=40, widget=forms.HiddenInput,
        initial=lambda: secrets.token_urlsafe(12),
    )  # fmt: skip

    GUARDIAN = ("guardian_name", "guardian_phone", "guardian_agreed")

    def guardian(self) -> GuardianDetails | None:
        """Who consented; None until somebody has ticked that they did."""
        told = self.cleaned_data
        if not told["guardian_agreed"]:
            return None
        return GuardianDetails(
            told["guardian_name"],
            told["guardian_phone"],
            told["guardian_relation"] or Guardianship.Relation.PARENT,
            told["guardian_channel"] or Guardianship.Channel.IN_PERSON,
        )

    @property
    def about_a_child(self) -> bool:
        """True when the guardian's part has been touched or is what is missing."""
        return any(self[name].value() or self[name].errors for name in self.GUARDIAN)


class CardForm(DeskForm):
    category = CategoryField(empty_label=None)
    number = short_text(_("预制证号"), required=False, most=30, inputmode="numeric")


class CertificateForm(DeskForm):
    number = short_text(_("残疾人证号"), most=40, inputmode="text")
    home_delivery = forms.BooleanField(label=_("需要送书上门或邮寄"), required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["number"].error_messages["required"] = _("请填残疾人证上的 20 位号码。")


class BlockForm(DeskForm):
    reason = forms.ChoiceField(label=_("为什么停借"), choices=Block.Reason.choices)
    note = short_text(_("告诉读者的话"), required=False, most=200)
    until = forms.DateField(
        label=_("停到哪天"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("没有这一天，请重新选。")},
    )
