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


def kept_typed(request: Request, form: str = "") -> dict[str, str]:
    """The same as plain values, with the address as "form"; nothing where it was posted to another
    address than one that begins with `form`."""
    kept = kept_form(request)
    if kept is None or not kept[0].startswith(form):
        return {}
    return {"form": kept[0], **dict(kept[1].items())}


def forget(request: Request) -> None:
    """What was refused before is of no interest once something else was tried."""
    request.session.pop(KEPT_FORM, None)
