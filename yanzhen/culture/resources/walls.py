"""The second wall on PostgreSQL: ranges of quarter hours that must not overlap.

A range type of whole numbers is known to GiST without any extension. Resource, unit and quarter
are laid out on one line of numbers, a unit's years after the other, so that two ranges overlap only
where one unit is taken twice: 2^24 quarter hours (478 years) a unit, 2^9 units a resource.
"""

from django.db import connection

NAME = "no_two_occupancies_of_a_unit_overlap"
_TABLE = "resources_occupancy"
_LANE = "((resource_id * 512 + unit) << 24)"


def raise_wall() -> None:
    """Add the constraint; nothing where the database has no such thing."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                f"ALTER TABLE {_TABLE} ADD CONSTRAINT {NAME} EXCLUDE USING gist "
                f'(int8range({_LANE} + "first", {_LANE} + "last") WITH &&)'
            )


def remove_wall() -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {_TABLE} DROP CONSTRAINT {NAME}")
