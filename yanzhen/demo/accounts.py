"""The demo accounts 演示账号: staff with their roles, and a few residents with their cards."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from yanzhen.demo.names import name_for
from yanzhen.demo.places import HUB, keeper_names
from yanzhen.demo.readers import Reader
from yanzhen.network.models import Node
from yanzhen.people.models import Account, Person, Role, SignInName
from yanzhen.people.names import name_forms

PASSWORD = "yanzhen-demo"  # noqa: S105 -- known to everybody, which is why DEBUG=0 refuses it
FIRST_STAFF = 5000
Kind = Role.Kind
CULTURE = "culture-centre"


@dataclass(frozen=True)
class Post:
    """A member of staff: roles are (kind, node code), "" for the whole county."""

    username: str
    told: str
    roles: tuple[tuple[str, str], ...]
    keeps: str = ""


POSTS = (
    Post("hub", "馆长：总馆、文化馆，全区都看得到、设得了",
         ((Kind.DIRECTOR, HUB), (Kind.DIRECTOR, CULTURE))),
    Post("librarian", "总馆馆员：编目、采访、借还", ((Kind.LIBRARIAN, HUB),), keeps=HUB),
    Post("culture", "文化馆干部：活动、师资、场地", ((Kind.CULTURE_CADRE, CULTURE),),
         keeps=CULTURE),
    Post("danshan", "丹山镇文旅专干：本镇的工作台",
         ((Kind.CULTURE_OFFICER, "danshan"), (Kind.CULTURE_OFFICER, "danshan-culture")),
         keeps="danshan"),
    Post("zhonghe", "中和镇文旅专干：本镇的工作台",
         ((Kind.CULTURE_OFFICER, "zhonghe"), (Kind.CULTURE_OFFICER, "zhonghe-culture")),
         keeps="zhonghe"),
    Post("operator", "话务员", ((Kind.OPERATOR, ""),)),
    Post("finance", "区财政局联络员", ((Kind.DEPARTMENT, ""),)),
    Post("disabled-federation", "区残联联络员", ((Kind.DEPARTMENT, ""),)),
    Post("inspector", "检查验收员", ((Kind.INSPECTOR, ""),)),
    Post("agency", "第三方测评员", ((Kind.AGENCY, ""),)),
)  # fmt: skip
RESIDENTS = {
    "reader": "读者",
    "guardian": "监护人，孩子十岁",
    "elder": "老年读者",
    "worker": "农民工读者",
}


def make_accounts(readers: Sequence[Reader], *, at: dt.datetime) -> None:
    """Give the staff and the known residents a sign-in; residents also sign in by card number."""
    secret = make_password(PASSWORD)  # one digest for all: working out fourteen takes seconds
    staff = Person.objects.bulk_create([_staff(n, post, at) for n, post in enumerate(POSTS)])
    known = {r.resident.account: r for r in readers if r.resident.account}
    persons = {post.username: person for post, person in zip(POSTS, staff, strict=True)}
    persons |= {username: reader.person for username, reader in known.items()}
    accounts = Account.objects.bulk_create(
        Account(username=username, person=person, password=secret)
        for username, person in persons.items()
    )
    of_name = {account.username: account for account in accounts}
    SignInName.objects.bulk_create(
        SignInName(name=reader.card.number, account=of_name[username])
        for username, reader in known.items()
    )
    nodes = Node.objects.in_bulk(field_name="code")
    since = at.date() - dt.timedelta(days=400)
    Role.objects.bulk_create(
        Role(account=of_name[post.username], kind=kind, node=nodes.get(code), valid_from=since)
        for post in POSTS
        for kind, code in post.roles
    )


def _staff(n: int, post: Post, at: dt.datetime) -> Person:
    """Who keeps a house bears the name that stands on its page."""
    year, gender = 1974 + 2 * n, ("female", "male")[n % 2]
    name = keeper_names().get(post.keeps) or name_for(
        FIRST_STAFF + n, birth_year=year, gender=gender
    )
    forms = name_forms(name)
    return Person(
        name=name, name_folded=forms.folded, pinyin=forms.pinyin, initials=forms.initials,
        born_on=dt.date(year, 3 + n % 9, 11), registered_at=at - dt.timedelta(days=400),
    )  # fmt: skip


def accounts_text() -> str:
    """The demo accounts in lines for a terminal; empty where they were never loaded."""
    there = set(Account.objects.filter(username__in=_told()).values_list("username", flat=True))
    if not there:
        return ""
    lines = [f"  {name:<20} {told}" for name, told in _told().items() if name in there]
    return "\n".join([f"演示账号（密码都是 {PASSWORD}）：", *lines])


def _told() -> dict[str, str]:
    return {post.username: post.told for post in POSTS} | RESIDENTS
