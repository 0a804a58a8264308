"""What every shape is made of: codes with their words, moments, pages of a list."""

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from django.utils import timezone
from ninja import Schema
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from yanzhen.library.holdings.barcodes import scanned
from yanzhen.network.models import in_language

T = TypeVar("T")
Row = dict[str, Any]
LONGEST_SCAN = 60


class Shape(Schema):
    """An answer, or a part of one."""


class Order(BaseModel):
    """A body that is sent in; a field nobody knows is refused, not ignored."""

    model_config = ConfigDict(extra="forbid")


class Term(Shape):
    """A code for programs with its word for people."""

    code: str = Field(description="Stable; compare this")
    label: str = Field(description="In the language of Accept-Language; show this")


class Paging(BaseModel):
    """Which part of a list."""

    page: int = Field(1, ge=1, le=10_000, description="From 1")
    page_size: int = Field(20, ge=1, le=100, description="Rows a page, at most 100")


class Page(Shape, Generic[T]):
    """One page of a list."""

    items: list[T] = Field(description="The rows of this page")
    page: int = Field(description="This page, from 1")
    page_size: int = Field(description="Rows a page")
    total: int = Field(description="Rows on all pages together")


Scan = Annotated[str, Field(min_length=1, max_length=LONGEST_SCAN), AfterValidator(scanned)]


def term(choice: Any) -> Row:
    """A member of a Django choices class as a Term."""
    return {"code": str(choice.value), "label": str(choice.label)}


def named(row: Any) -> Row:
    """A row with a code and names in two languages (an item kind, a reader category) as a Term."""
    return {"code": row.code, "label": in_language(row.name, row.name_en)}


def moment(at: dt.datetime | None) -> str | None:
    """ISO 8601 in the county's own time: 2026-11-23T10:00:00+08:00."""
    return timezone.localtime(at).isoformat(timespec="seconds") if at else None


def day(value: dt.date | None) -> str | None:
    return value.isoformat() if value else None


def page_of(rows: QuerySet, paging: Paging, tell: Callable[[Any], Row]) -> Row:
    """One page of a queryset; two queries."""
    start = (paging.page - 1) * paging.page_size
    items = [tell(row) for row in rows[start : start + paging.page_size]]
    return paged(items, paging, rows.count())


def paged(items: list[Row], paging: Paging, total: int) -> Row:
    return {"items": items, "page": paging.page, "page_size": paging.page_size, "total": total}
