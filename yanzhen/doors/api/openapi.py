"""The OpenAPI description: ninja's own, completed, and the page that shows it."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from yanzhen.doors.api.answers import KEY
from yanzhen.doors.api.problems import MEDIA_TYPE

_KEY_HEADER = {
    "in": "header",
    "name": KEY,
    "required": False,
    "schema": {"type": "string", "maxLength": 120},
    "description": "A random UUID. Sent again with the same body, the same answer comes back and "
    "nothing is done twice; with another body it is refused (422)",
}
_PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457)",
    "required": ["type", "title", "status", "code", "remedy", "instance"],
    "properties": {
        "type": {"type": "string", "description": "A relative address for this code"},
        "title": {"type": "string", "description": "A plain sentence; show it"},
        "status": {"type": "integer", "description": "The HTTP status"},
        "code": {"type": "string", "description": "Stable; compare this"},
        "remedy": {"type": "string", "description": "What to do now; show it"},
        "instance": {"type": "string", "description": "The path that was asked for"},
        "explain": {
            "type": "array",
            "description": "The rows of the rules the refusal rests on, where it rests on rules",
            "items": {"$ref": "#/components/schemas/ValueGiven"},
        },
        "errors": {
            "type": "array",
            "description": "422 only: what does not fit",
            "items": {
                "type": "object",
                "properties": {
                    "where": {"type": "string", "description": "body, query or path"},
                    "field": {"type": "string", "description": "Name of the field"},
                    "message": {"type": "string", "description": "A plain sentence"},
                },
            },
        },
    },
}


_PLACES = {
    "code": "Code of the node, as in /nodes",
    "record_id": "Number of the title record",
    "activity_id": "Number of the activity",
    "session_id": "Number of the session",
    "loan_id": "Number of the loan",
    "hold_id": "Number of the hold",
    "booking_id": "Number of the booking",
    "order_id": "Number of the order, as in /purchasing/orders",
    "contest_id": "Number of the contest, as in /contests",
    "round_id": "Number of the round, as in /contests",
    "card_number": "Number of the reader card",
    "barcode": "Barcode of the copy",
    "format": "marcxml or iso2709; the Accept header decides when left out",
}


class DocsPage(DocsBase):
    """Swagger UI from our own files, without a line of script in the page."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        settings = {
            "url": self.get_openapi_url(api, kwargs),
            "layout": "BaseLayout",
            "deepLinking": True,
            "validatorUrl": None,
        }
        return render(request, "api/docs.html", {"api": api, "swagger_settings": settings})


class DescribedAPI(NinjaAPI):
    """Operations are named after their functions; problems stand beside every answer."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, **_where: Any) -> OpenAPISchema:
        return _described(self)


@cache
def _described(api: NinjaAPI) -> OpenAPISchema:
    schema = OpenAPISchema(api, reverse(f"{api.urls_namespace}:api-root"))
    schema["components"]["schemas"]["Problem"] = _PROBLEM
    for methods in schema["paths"].values():
        for method, operation in methods.items():
            _complete(method, operation)
    return schema


def _complete(method: str, operation: dict[str, Any]) -> None:
    problem = {"schema": {"$ref": "#/components/schemas/Problem"}}
    operation["responses"]["default"] = {
        "description": "A problem",
        "content": {MEDIA_TYPE: problem},
    }
    for parameter in operation["parameters"]:
        parameter.setdefault("description", _PLACES.get(parameter["name"], ""))
    if method == "post":
        operation["parameters"].append(_KEY_HEADER)
