"""签收: who came, who signs, a photo; one form for the place itself and for paper typed in."""

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from yanzhen.culture.tours.models import SignOff
from yanzhen.culture.tours.route_rules import LARGEST_PHOTO, MOST_HEADS
from yanzhen.culture.tours.signing_off import Came
from yanzhen.groundwork.refusals import Refused

FIELD_OF = {
    "heads-unlikely": "adults",
    "signer-missing": "contact",
    "photo-too-large": "photo",
    "photo-unreadable": "photo",
}


def _heads(label) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=MOST_HEADS, initial=0,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 6, "data-width": "4"}),
        error_messages={
            "required": _("没有就填 0。"), "invalid": _("请填数字。"),
            "min_value": _("人数不会是负的。"), "max_value": _("人数太多了，请核对。"),
        },
    )  # fmt: skip


class SignOffForm(forms.Form):
    """Heads by band, who signs, a photo that may follow later."""

    children = _heads(_("孩子（18 岁以下）"))
    adults = _heads(_("成年人"))
    elders = _heads(_("老人（60 岁以上）"))
    contact = forms.CharField(
        label=_("谁签收"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={
            "required": _("请写现场负责人的名字。"), "max_length": _("太长了，写名字就行。"),
        },
    )  # fmt: skip
    photo = forms.FileField(
        label=_("现场照片"), required=False, allow_empty_file=True,
        help_text=_("最多 8 MB。没有照片也能签，但要补上才算数。"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )  # fmt: skip

    @classmethod
    def about(cls, signed: SignOff | None, contact: str) -> "SignOffForm":
        """The empty form, or what was signed before."""
        names = ("children", "adults", "elders", "contact")
        known = {name: getattr(signed, name) for name in names} if signed else {"contact": contact}
        return cls(initial=known)

    def came(self) -> Came:
        """What was typed. Of a photo no more is read than what shows that it is too large."""
        told = self.cleaned_data
        photo: UploadedFile | None = told["photo"]
        return Came(
            told["children"], told["adults"], told["elders"], told["contact"],
            photo.read(LARGEST_PHOTO + 1) if photo else None,
        )  # fmt: skip

    def take(self, refused: Refused) -> None:
        self.add_error(FIELD_OF.get(refused.code), refused.in_full)
