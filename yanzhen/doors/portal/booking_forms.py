"""The one form of booking: who comes, and how many."""

import uuid

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yanzhen.culture.booking.models import Booking
from yanzhen.culture.booking.party import Party
from yanzhen.people.models import Person

MYSELF, OTHER = "me", "other"
_FOR_OTHERS = [
    (value, label)
    for value, label in Booking.Relation.choices
    if value not in {Booking.Relation.SELF, Booking.Relation.CHILD}
]


class BookingForm(forms.Form):
    """Oneself, a child, or somebody else by name and telephone (R18)."""

    who = forms.ChoiceField(label=gettext_lazy("谁来"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=gettext_lazy("参加人姓名"), max_length=60, required=False,
        help_text=gettext_lazy("替别人约才填。"),
    )  # fmt: skip
    phone = forms.CharField(
        label=gettext_lazy("参加人电话"), max_length=30, required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
        help_text=gettext_lazy("没有可以不填，有变化我们通知您。"),
    )  # fmt: skip
    relation = forms.ChoiceField(label=gettext_lazy("是您的"), choices=_FOR_OTHERS, required=False)
    heads = forms.TypedChoiceField(label=gettext_lazy("一共几个人来"), coerce=int)
    companions = forms.TypedChoiceField(
        label=gettext_lazy("陪护人"),
        coerce=int,
        choices=[(0, "0"), (1, "1"), (2, "2")],
        required=False,
        help_text=gettext_lazy("需要人照顾的，陪护不占名额。"),
    )
    key = forms.CharField(widget=forms.HiddenInput, max_length=40)

    def __init__(self, *args, me: Person, wards: list[Person], most: int, **kwargs):
        kwargs.setdefault("initial", {"who": MYSELF, "heads": 1, "key": uuid.uuid4().hex})
        super().__init__(*args, **kwargs)
        self.me, self.wards = me, {f"p{each.pk}": each for each in wards}
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (MYSELF, _("我自己（%(name)s）") % {"name": me.name}),
            *(
                (value, _("孩子 %(name)s") % {"name": each.name})
                for value, each in self.wards.items()
            ),
            (OTHER, _("替别人约")),
        ]
        self.fields["heads"].choices = [(n, str(n)) for n in range(1, most + 1)]  # type: ignore[attr-defined]

    def clean(self) -> dict:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("who") == OTHER and not cleaned.get("name", "").strip():
            self.add_error("name", _("请写上参加人的姓名。"))
        return cleaned

    def party(self) -> Party:
        told = self.cleaned_data
        shared = {"heads": told["heads"], "companions": told["companions"] or 0}
        if told["who"] == MYSELF:
            return Party(beneficiary_id=self.me.pk, **shared)
        if told["who"] == OTHER:
            return Party(
                name=told["name"], phone=told["phone"],
                relation=told["relation"] or Booking.Relation.OTHER, **shared,
            )  # fmt: skip
        child = self.wards[told["who"]]
        return Party(beneficiary_id=child.pk, relation=Booking.Relation.CHILD, **shared)
