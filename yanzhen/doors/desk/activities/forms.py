"""The form of an activity; a refusal is shown beside the field it is about."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from yanzhen.culture.activities.drafting import Answer, Details
from yanzhen.culture.activities.models import Activity, ActivityAccess
from yanzhen.groundwork.refusals import Refused

FIELD_OF = {
    "activity-name-unfit": "name", "ages-out-of-order": "age_from",
    "fee-reason-missing": "fee_reason",
    "fee-for-public-benefit": "public_benefit", "basic-service-free": "fee",
    "safety-plan-half": "safety_document", "safety-plan-missing": "safety_document",
    "permit-missing": "permit_document", "not-your-branch": "owner", "not-your-cluster": "owner",
    "session-times-unfit": "ends", "session-in-the-past": "day", "capacity-unfit": "capacity",
    "facility-elsewhere": "facility", "series-empty": "until", "series-too-long": "until",
    "series-unreadable": "rule", "reason-missing": "reason", "rain-date-too-early": "day",
    "already-claimed": "facility", "claimed-meanwhile": "facility", "series-blocked": "facility",
    "facility-closed": "facility", "resource-retired": "facility", "not-your-resource": "facility",
    "facility-not-open": "starts", "too-many-heads": "capacity", "buffer-unfit": "set_up",
    "house-closed": "opened_specially", "lunar-year-unknown": "until",
}  # fmt: skip


class PlanForm(forms.Form):
    """A form that takes a refusal and keeps everything typed."""

    def take(self, refused: Refused) -> None:
        field = FIELD_OF.get(refused.code)
        self.add_error(field if field in self.fields else None, refused.in_full)


def text(label, *, most: int, required: bool = False, lines: bool = False, **options):
    widget = forms.Textarea if lines else forms.TextInput
    attrs = {"autocomplete": "off", **({"rows": "4"} if lines else {})}
    return forms.CharField(
        label=label, max_length=most, required=required,
        widget=widget(attrs=attrs), **options,
    )  # fmt: skip


def number(label, *, required: bool = False, **options) -> forms.IntegerField:
    box = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(
        label=label, min_value=0, max_value=100_000, required=required, widget=box, **options
    )


class ActivityForm(PlanForm):
    """Everything of an activity but its dates; the answers are fields named access_<kind>."""

    owner = forms.ChoiceField(label=_("谁来办"))
    name = text(_("名称"), most=80, required=True)
    kind = forms.ChoiceField(label=_("类型"), choices=Activity.Kind.choices)
    audience = forms.ChoiceField(label=_("给谁的"), choices=Activity.Audience.choices)
    age_from = number(_("从几岁"))
    age_to = number(_("到几岁"))
    introduction = text(
        _("介绍"), most=2000, lines=True, help_text=_("做什么、要带什么、难不难，两三句就够。")
    )
    phone = text(_("咨询电话"), most=30, help_text=_("不填就用本馆的电话"))
    name_en = text(_("英文名称"), most=160)
    introduction_en = text(_("英文介绍"), most=2000, lines=True)
    public_benefit = forms.BooleanField(label=_("标“公益”（不收任何费用）"), required=False)
    fee = number(_("每人收费（元）"), help_text=_("默认免费；收费要有批准"))
    fee_reason = text(_("收费依据"), most=200, help_text=_("批准文号和用途"))
    safety_document = text(_("安全方案文号"), most=80)
    safety_person = text(_("安全负责人"), most=40)
    permit_document = text(_("公安许可文号"), most=80, help_text=_("一千人以上才要"))

    def __init__(self, *args: Any, owners: list[tuple[str, str]] | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if owners is None:
            del self.fields["owner"]
        else:
            self.fields["owner"].choices = owners  # type: ignore[attr-defined]
        for kind in ActivityAccess.Kind:
            self.fields[f"access_{kind}"] = forms.ChoiceField(
                label=kind.label, required=False,
                choices=[("", _("还没填")), *ActivityAccess.State.choices],
            )  # fmt: skip
            self.fields[f"note_{kind}"] = text(_("说明"), most=120)

    @property
    def answers(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"access_{kind}"], self[f"note_{kind}"]) for kind in ActivityAccess.Kind]

    def details(self) -> Details:
        told = self.cleaned_data
        plain = {name: told[name] for name in _PLAIN}
        answers = {
            kind.value: Answer(told[f"access_{kind}"], told[f"note_{kind}"])
            for kind in ActivityAccess.Kind
            if told[f"access_{kind}"]
        }
        return Details(**plain, fee=told["fee"] or 0, access=answers)


_PLAIN = (
    "name", "kind", "audience", "name_en", "age_from", "age_to", "introduction", "introduction_en",
    "phone", "fee_reason", "public_benefit", "safety_document", "safety_person", "permit_document",
)  # fmt: skip


def typed_before(activity: Activity) -> dict[str, Any]:
    """What the form shows of a stored activity."""
    told: dict[str, Any] = {name: getattr(activity, name) for name in _PLAIN}
    told["fee"] = activity.fee or None
    for fact in activity.access_facts.all():
        told |= {f"access_{fact.kind}": fact.state, f"note_{fact.kind}": fact.note}
    return told
