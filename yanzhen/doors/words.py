"""Words every door says in the same way."""

import datetime as dt

from django.utils import formats
from django.utils.translation import gettext as _


def long_day(value: dt.date) -> str:
    """A day as people say it: month, day, weekday."""
    return formats.date_format(value, _("n月j日 l"))
