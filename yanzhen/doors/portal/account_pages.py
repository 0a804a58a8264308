"""A reader's own card and password."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from yanzhen.doors.gate import Request, signed_in
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.library.patrons.card_face import barcode_svg, qr_svg
from yanzhen.library.patrons.queries import current_card_of
from yanzhen.library.patrons.rules import a_card_must_be_active
from yanzhen.people.accounts import change_password

FIELD_OF = {"wrong-password": "old", "password-weak": "new"}


class PasswordForm(forms.Form):
    old = forms.CharField(
        label=gettext_lazy("现在的密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = forms.CharField(
        label=gettext_lazy("新密码"),
        max_length=200,
        strip=False,
        help_text=gettext_lazy("至少 8 个字；用一句自己记得住的话最好。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("再填一次新密码"),
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict:
        super().clean()
        cleaned = self.cleaned_data
        if {"new", "again"} <= cleaned.keys() and cleaned["new"] != cleaned["again"]:
            self.add_error("again", _("两次填的新密码不一样，请再填一次。"))
        return cleaned


@signed_in
@never_cache
def card(request: Request) -> HttpResponse:
    """One's own card, large enough for a scanner to read from a phone."""
    own = current_card_of(request.user.person_id)
    context: dict[str, Any] = {"card": own}
    if own:
        context |= {
            "refused": a_card_must_be_active(own.status, own.expires_on, clock.today(), None),
            "barcode": mark_safe(barcode_svg(own.number)),  # noqa: S308 - our own drawing
            "qr": mark_safe(qr_svg(own.number)),  # noqa: S308
        }
    return render(request, "portal/account/card.html", context)


@signed_in
@never_cache
@sensitive_post_parameters()
def password(request: Request) -> HttpResponse:
    form, status = PasswordForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                account = change_password(
                    request.user,
                    old=form.cleaned_data["old"],
                    new=form.cleaned_data["new"],
                    by=request.actor,
                    at=clock.now(),
                )
            except Refused as refused:
                form.add_error(FIELD_OF.get(refused.code), refused.in_full)
                status = refused.status
            else:
                update_session_auth_hash(request, account)
                messages.success(request, _("新密码已经生效，下次登录请用新密码。"))
                return redirect("portal:me")
    return render(request, "portal/account/password.html", {"form": form}, status=status)
