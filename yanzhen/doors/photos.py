"""Handing out a photograph that a package keeps; whoever calls this has asked who may see it."""

from django.core.files.storage import default_storage
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpResponse

TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp"}


def photo_answer(photo: FieldFile) -> HttpResponse:
    """The picture as it is, kept by no proxy. Raises Http404 where the file is gone."""
    if not default_storage.exists(photo.name or ""):
        raise Http404
    suffix = (photo.name or "").rpartition(".")[2]
    with photo.open("rb") as picture:
        answer = HttpResponse(picture.read(), content_type=TYPES.get(suffix, "image/jpeg"))
    answer["Cache-Control"] = "private, max-age=3600"
    return answer
