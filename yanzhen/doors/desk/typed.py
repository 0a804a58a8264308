"""What somebody typed into a form that was refused, kept in the session for the page after."""

from django.utils.datastructures import MultiValueDict

from yanzhen.doors.gate import Request

KEPT_FORM = "desk-refused-form"


def keep(request: Request) -> None:
    """Keep what was posted; the last refused form takes the place of the one before."""
    told = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"}
    request.session[KEPT_FORM] = {"at": request.path, "told": told}


def kept_form(request: Request) -> tuple[str, MultiValueDict] | None:
    """The address it was posted to and its values, once."""
    if KEPT_FORM not in request.session:
        return None
    kept = request.session.pop(KEPT_FORM)
    return kept["at"], MultiValueDict(kept["told"])
