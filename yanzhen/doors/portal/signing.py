"""Signing in and out."""

from django import forms
from django.contrib.auth import login, logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from yanzhen.doors.gate import Request, public
from yanzhen.groundwork import clock
from yanzhen.groundwork.refusals import Refused
from yanzhen.people import signing_in
from yanzhen.people.roles import CIRCULATE, actor_of

LONGEST = 200


class SignInForm(forms.Form):
    name = forms.CharField(
        label=_("用户名或读者证号"),
        max_length=LONGEST,
        error_messages={"required": _("请填用户名，或读者证上的 14 位号码。")},
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "off", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("密码"),
        max_length=LONGEST,
        strip=False,
        error_messages={"required": _("请填密码。")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


@public
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: Request) -> HttpResponse:
    """The name stays after an error, the password does not; a locked account answers 429."""
    form, status, said = SignInForm(request.POST or None), 200, None
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                account = signing_in.sign_in(
                    **form.cleaned_data, at=clock.now(), address=request.META.get("REMOTE_ADDR", "")
                )
            except Refused as refused:
                said, status = refused, refused.status
            else:
                login(request, account)
                return redirect(_next(request))
    elif request.user.is_authenticated:
        return redirect(_next(request))
    wanted = request.POST.get("next") or request.GET.get("next", "")
    context = {"form": form, "next": wanted, "refused": said}
    return render(request, "portal/account/sign_in.html", context, status=status)


@public
@require_POST
def sign_out(request: Request) -> HttpResponse:
    logout(request)
    return redirect("portal:home")


def _next(request: Request) -> str:
    """Where the visitor wanted to go, if it is a page of ours; else the desk or one's own page."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    if wanted and ours:
        return wanted
    works_at_a_desk = actor_of(request.user, on=clock.today()).may(CIRCULATE)
    return reverse("desk:choose" if works_at_a_desk else "portal:me")
