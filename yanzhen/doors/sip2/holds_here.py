"""The one place where holds will be connected to this door: counts, and messages 15/16.

Until then a machine is told that there are none, that it cannot place one, and BX says N.
"""

from django.utils.translation import gettext as _

HOLDS_ARE_ON = False


def counts_of(person_id: int) -> tuple[int, int]:
    """Holds ready for pickup (AS) and holds still waiting or on the road (CD)."""
    return 0, 0


def not_here() -> str:
    return _("自助机上还不能预约，请到服务台办理。")
