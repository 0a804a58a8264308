import datetime as dt

import pytest
from django.utils import formats, translation


@pytest.mark.parametrize(
    ("form", "english"),
    [
        ("DATE_FORMAT", "3 February 2026"),
        ("MONTH_DAY_FORMAT", "3 February"),
        ("SHORT_DATE_FORMAT", "3 Feb 2026"),
    ],
)
def test_english_days_are_british(form, english):
    with translation.override("en"):
        assert formats.date_format(dt.date(2026, 2, 3), form) == english


def test_chinese_days_stay_as_they_are():
    with translation.override("zh-hans"):
        assert formats.date_format(dt.date(2026, 2, 3), "MONTH_DAY_FORMAT") == "2月3日"
