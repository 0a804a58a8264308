"""The form in which a branch or a reader says which book they would like."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from yanzhen.library.acquisitions.described import Title, told


class TitleForm(forms.Form):
    """An ISBN is best; without one the title, the author and the year."""

    isbn = forms.CharField(
        label="ISBN", required=False, max_length=40, help_text=_("书后条码下面的 13 位数字，最准")
    )
    title = forms.CharField(
        label=_("书名"), max_length=300, error_messages={"required": _("请写上书名。")}
    )
    author = forms.CharField(label=_("作者"), required=False, max_length=200)
    publisher = forms.CharField(label=_("出版社"), required=False, max_length=120)
    year = forms.IntegerField(
        label=_("出版年"), required=False, error_messages={"invalid": _("年份请写四位数字。")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    note = forms.CharField(label=_("想说的话"), required=False, max_length=200)

    def told(self, at: dt.datetime) -> Title:
        """The facts; raises Refused when they are no title."""
        facts = {name: self.cleaned_data[name] for name in ("title", "author", "publisher")}
        return told(**facts, isbn=self.cleaned_data["isbn"], year=self.cleaned_data["year"], at=at)


class WishForm(TitleForm):
    """A branch says how many as well."""

    quantity = forms.IntegerField(
        label=_("册数"), initial=1, error_messages={"invalid": _("请写册数。")},
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
