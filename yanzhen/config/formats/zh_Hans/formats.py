"""Chinese: no zero before the month, as people write it."""

MONTH_DAY_FORMAT = "n月j日"
