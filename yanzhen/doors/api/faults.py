"""What does not fit in a request, field by field, in plain words."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Fault = dict[str, str]

# pydantic's kinds of error and our sentence; %(…)s are the limits pydantic names.
_SENTENCES = {
    "missing": gettext_lazy("这一项必须填写。"),
    "string_type": gettext_lazy("这一项要写成文字（字符串）。"),
    "string_unicode": gettext_lazy("这一项里有无法识别的字符。"),
    "string_too_short": gettext_lazy("这一项不能是空的。"),
    "string_too_long": gettext_lazy("这一项最多 %(max_length)s 个字。"),
    "int_type": gettext_lazy("这一项要写成整数。"),
    "int_parsing": gettext_lazy("这一项要写成整数。"),
    "int_parsing_size": gettext_lazy("这个数太大了。"),
    "int_from_float": gettext_lazy("这一项要写成整数。"),
    "greater_than_equal": gettext_lazy("这一项不能小于 %(ge)s。"),
    "less_than_equal": gettext_lazy("这一项不能大于 %(le)s。"),
    "literal_error": gettext_lazy("这一项只能是：%(expected)s。"),
    "extra_forbidden": gettext_lazy("没有这一项，请去掉，或核对字段名。"),
    "model_attributes_type": gettext_lazy("正文要写成一个 JSON 对象。"),
}  # fmt: skip


def faults_of(errors: Iterable[dict[str, Any]]) -> list[Fault]:
    """[{"where": "body", "field": "barcode", "message": "这一项必须填写。"}]."""
    return [_fault(error) for error in errors]


def _fault(error: dict[str, Any]) -> Fault:
    where, *path = (str(part) for part in error["loc"])
    if where == "body":
        del path[0]  # the name of our own argument means nothing outside
    sentence = _SENTENCES.get(error["type"])
    message = sentence % error.get("ctx", {}) if sentence else _("这一项不符合要求。")
    return {"where": where, "field": ".".join(path), "message": message}
