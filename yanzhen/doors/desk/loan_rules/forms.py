"""Forms of the loan rules: the keys of a row, its values, the day from which it acts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from yanzhen.doors.desk.reader_forms import CategoryField, short_text
from yanzhen.doors.rule_words import VALUE_WORDS
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.circulation.rule_rules import MOST
from yanzhen.library.circulation.setting import Wanted
from yanzhen.library.holdings.models import ItemKind
from yanzhen.library.holds.setting import Values
from yanzhen.network.models import Node, in_language

_LENDABLE = (("", _("同上一级")), ("1", _("外借")), ("0", _("不外借")))
_INVALID = {"invalid": _("请填整数；同上一级就空着。")}


class KindField(forms.ModelChoiceField):
    """The item kinds in the language of the screen, given by their code."""

    def __init__(self, **options):
        options = {"label": _("图书类型"), "to_field_name": "code", "required": False, **options}
        super().__init__(ItemKind.objects.all(), **options)

    def label_from_instance(self, obj: ItemKind) -> str:
        return in_language(obj.name, obj.name_en)


class PlaceField(forms.ModelChoiceField):
    """The nodes of the library tree, given by their code."""

    def __init__(self, **options):
        options = {"label": _("分馆"), "to_field_name": "code", "required": False, **options}
        super().__init__(Node.objects.libraries().order_by("path"), **options)

    def label_from_instance(self, obj: Node) -> str:
        return obj.label


class RowForm(forms.Form):
    """A row: empty keys fit everything, empty values are left to the next row."""

    category = CategoryField(required=False, empty_label=_("所有读者"))
    kind = KindField(empty_label=_("所有类型"))
    place = PlaceField(empty_label=_("全区"))
    lendable = forms.ChoiceField(label=VALUE_WORDS["lendable"], choices=_LENDABLE, required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        for name in MOST:
            self.fields[name] = forms.IntegerField(
                label=VALUE_WORDS[name], required=False, error_messages=_INVALID,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "4"}),
            )  # fmt: skip

    def wanted(self) -> Wanted:
        told = self.cleaned_data
        values = {name: told[name] for name in MOST if told[name] is not None}
        if told["lendable"]:
            values["lendable"] = told["lendable"] == "1"
        return Wanted(told["category"], told["kind"], told["place"], values)

    def take(self, refused: Refused) -> None:
        self.add_error(None, refused.in_full)


class DatedForm(forms.Form):
    """From which day, and by which document."""

    valid_from = forms.DateField(
        label=_("从哪天起执行"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请填生效日期。"), "invalid": _("没有这一天，请重新选。")},
    )
    document = short_text(_("依据（文件或会议）"), most=120)

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["document"].error_messages["required"] = _(
            "请写上依据的文件或会议，例如：馆务会纪要 2026-11 号。"
        )

    def take(self, refused: Refused) -> None:
        self.add_error(None, refused.in_full)


class RuleForm(RowForm, DatedForm):
    """A new version of a row."""


def _number(label, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        error_messages={
            "required": _("请填一个整数，最多 %(most)d。") % {"most": most},
            "invalid": _("请填整数。"),
        },
        widget=forms.TextInput(attrs={"inputmode": "numeric", "data-width": "4"}),
    )


class HoldRuleForm(DatedForm):
    """A new version of a hold rule; no category is the default row."""

    category = CategoryField(required=False, empty_label=_("默认规则（所有读者）"))
    max_holds = _number(_("最多同时预约几本"), 50)
    pickup_days = _number(_("预约架上留几天"), 60)
    on_shelf_at_pickup = forms.BooleanField(label=_("取书馆架上就有的，也可以预约"), required=False)

    def wanted(self) -> dict:
        """As `setting.set_hold_rule` takes it."""
        told = self.cleaned_data
        values = Values(told["max_holds"], told["pickup_days"], told["on_shelf_at_pickup"])
        return {
            "category": told["category"],
            "values": values,
            "valid_from": told["valid_from"],
            "document": told["document"],
        }


class TrialForm(forms.Form):
    """Who wants what, where and when."""

    card = short_text(_("读者证号"), required=False, most=30, inputmode="numeric")
    category = CategoryField(required=False, empty_label=_("按读者证"))
    copy = short_text(_("图书条码"), required=False, most=60)
    kind = KindField(empty_label=_("按条码"))
    day = forms.DateField(
        label=_("哪一天"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请选一天。"), "invalid": _("没有这一天，请重新选。")},
    )

    def clean(self):
        told = super().clean()
        if not (told.get("card") or told.get("category")):
            self.add_error("card", _("请扫读者证，或选一个读者类型。"))
        if not (told.get("copy") or told.get("kind")):
            self.add_error("copy", _("请扫图书条码，或选一个图书类型。"))
        return told
