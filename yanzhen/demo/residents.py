"""Who lives in the demo county: a plan of every resident, before anything is stored.

Resident number n has card number 512002 and n in eight digits, and cards were given in that
order over the last four years. The five of `KNOWN` have accounts to sign in with.
"""

import datetime as dt
from dataclasses import dataclass
from random import Random

from yanzhen.demo.names import name_for
from yanzhen.demo.places import HUB, place_rows
from yanzhen.people.rules import is_child

FOUR_YEARS = 4 * 365
FIRST_PHONE = 19900000000  # 199-0000-0001 and on: written like a mobile number, given to nobody
GROUPS = {  # category -> (share, youngest, oldest) in years at registration
    "adult": (0.41, 19, 58), "child": (0.25, 5, 14), "elder": (0.18, 60, 82),
    "migrant": (0.09, 20, 54), "disabled": (0.06, 17, 70), "staff": (0.01, 24, 52),
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """A resident the handbook speaks of: age today, and where the card was issued."""

    category: str
    age: int
    gender: str
    home: str
    account: str = ""


KNOWN = {
    17: Known("adult", 34, "female", HUB, "reader"),
    21: Known("elder", 71, "male", "zhonghe", "elder"),
    25: Known("migrant", 38, "male", "danshan", "worker"),
    31: Known("adult", 41, "female", "linjiang", "guardian"),
    32: Known("child", 10, "male", "linjiang"),
}
GUARDIAN_OF = {32: 31}


@dataclass
class Resident:
    """One resident on paper. `home` is a library node's code; `guardian` a resident's number."""

    number: int
    category: str
    gender: str
    born_on: dt.date
    home: str
    registered_at: dt.datetime
    name: str = ""
    phone: str = ""
    guardian: int | None = None
    relation: str = ""
    account: str = ""

    @property
    def needs_guardian(self) -> bool:
        return is_child(self.born_on, self.registered_at.date())


def plan_residents(count: int, *, at: dt.datetime, rng: Random) -> list[Resident]:
    """The residents numbered 1 to `count`; every child under 14 has a guardian among them."""
    days = sorted((rng.randint(12, FOUR_YEARS) for _each in range(count)), reverse=True)
    homes, weights = _homes()
    plan = []
    for number, days_ago in enumerate(days, 1):
        home = rng.choices(homes, weights)[0]
        plan.append(_resident(number, at - dt.timedelta(days=days_ago), home, at, rng))
    for resident in plan:
        if resident.needs_guardian:
            _find_guardian(resident, plan, rng)
    taken: set[str] = set()
    for resident in sorted(plan, key=lambda resident: resident.guardian is not None):
        _name(resident, plan, taken)
    return plan


def _homes() -> tuple[list[str], list[float]]:
    """Library nodes by how many residents call them theirs."""
    rows = [row for row in place_rows() if row["code"] != "culture-centre"]
    seats = {row["code"]: float(row["seats"]) for row in rows}
    branches = sum(seats.values()) - seats[HUB]
    return list(seats), [branches / 2 if code == HUB else own for code, own in seats.items()]


def _resident(
    number: int, registered: dt.datetime, home: str, at: dt.datetime, rng: Random
) -> Resident:
    registered = registered.replace(
        hour=rng.choice((9, 10, 11, 14, 15, 16)), minute=rng.randrange(60), second=0, microsecond=0
    )
    shares = [share for share, _youngest, _oldest in GROUPS.values()]
    category = rng.choices(list(GROUPS), shares)[0]
    _share, youngest, oldest = GROUPS[category]
    born = registered.date() - dt.timedelta(days=rng.randint(youngest * 366, oldest * 365 + 300))
    gender = rng.choice(("female", "male"))
    known = KNOWN.get(number)
    if known is None:
        return Resident(number, category, gender, born, home, registered)
    born = at.date() - dt.timedelta(days=round((known.age + 0.5) * 365.25))
    return Resident(
        number, known.category, known.gender, born, known.home, registered, account=known.account
    )


def _find_guardian(child: Resident, plan: list[Resident], rng: Random) -> None:
    """A parent or grandparent by age; the child lives where the guardian does."""
    grown = [
        (one, years)
        for one in plan
        for years in [(child.born_on - one.born_on).days / 365.25]
        if 21 <= years <= 42 or (one.category == "elder" and 45 <= years <= 68)
    ]
    wanted = GUARDIAN_OF.get(child.number)
    guardian, years = next(
        ((one, years) for one, years in grown if one.number == wanted), None
    ) or rng.choice(grown)
    child.guardian, child.home = guardian.number, guardian.home
    child.relation = "parent" if years < 45 else "grandparent"


def _name(resident: Resident, plan: list[Resident], taken: set[str]) -> None:
    """A name of the generation; a child bears the surname of its guardian."""
    resident.name = _name_by(resident, resident.number)
    if resident.guardian:
        surname = plan[resident.guardian - 1].name[0]
        names = (_name_by(resident, n) for n in range(1000, 4000))
        resident.name = next(n for n in names if n[0] == surname and n not in taken)
    elif resident.category != "child" and resident.number % 7:
        resident.phone = str(FIRST_PHONE + resident.number)
    taken.add(resident.name)


def _name_by(resident: Resident, n: int) -> str:
    return name_for(n, birth_year=resident.born_on.year, gender=resident.gender)
