"""A small county with two machines, in a database of its own; prints what a test must know.

python -m tests.machines.ground
"""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yanzhen.config.settings")
django.setup()


from tests import county as makers  # noqa: E402
from yanzhen.doors.sip2.terminals import add_terminal  # noqa: E402

PASSWORD = "machine-demo"


def main() -> dict:
    place = makers.county()
    director = makers.staff(place.hub, "director")
    for account, node, charset in (
        ("sip-zhonghe", place.zhonghe, "utf-8"), ("sip-hub", place.hub, "gb18030"),
        ("sip-learner", place.danshan, "utf-8"), ("sip-850", place.linjiang, "cp850"),
        ("sip-gbk", place.linjiang, "gbk"), ("sip-blocked", place.linjiang, "utf-8"),
    ):  # fmt: skip
        add_terminal(
            account, PASSWORD, node=node, by=director, at=makers.MONDAY, name=f"{account} 自助机",
            charset=charset, sees_names=account == "sip-hub", learning=account == "sip-learner",
        )  # fmt: skip
    copies = [
        makers.copy(place, at=place.zhonghe, title=makers.bib("朝花夕拾|注")) for _ in range(30)
    ]
    cards = [makers.reader(place, name=name).number for name in ("张小禾", "李大田")]
    account = makers.account("xiaohe", place.hub, "agency")
    account.roles.all().delete()
    return {"copies": [copy.barcode for copy in copies], "cards": cards}


if __name__ == "__main__":
    print(json.dumps(main()))
