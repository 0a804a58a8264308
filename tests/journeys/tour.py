"""Every page worth looking at, by who may open it."""

from tests.journeys.desk import READER
from tests.journeys.running import Site

PUBLIC = (
    "/", "/catalogue/?q=红楼梦", "/catalogue/?q=zzzqqq", "/catalogue/1/", "/catalogue/1/?view=marc",
    "/branches/", "/branches/?q=丹山", "/branches/zhonghe/", "/sign-in/", "/how/", "/nowhere/",
)  # fmt: skip
OWN = ("/me/", "/me/card/", "/me/password/", "/desk/zhonghe/")
DESK = (
    "/desk/", "/desk/zhonghe/", "/desk/zhonghe/?reader={reader}", "/desk/zhonghe/road/",
    "/desk/zhonghe/exceptions/", "/desk/zhonghe/readers/", "/desk/zhonghe/readers/?q=zh",
    "/desk/zhonghe/readers/{reader}/", "/desk/zhonghe/readers/{reader}/details/",
    "/desk/zhonghe/slips/{reader}/", "/desk/zhonghe/exceptions/settled/",
    "/desk/zhonghe/copies/?q=I2", "/desk/zhonghe/copies/1/", "/desk/zhonghe/withdrawals/",
    "/desk/zhonghe/withdrawals/2/", "/desk/zhonghe/withdrawals/2/sheet/",
    "/desk/main-library/copy-cataloguing/", "/desk/main-library/copy-cataloguing/targets/",
    "/desk/main-library/copy-cataloguing/targets/1/",
)  # fmt: skip
BY_WHOM = {"": PUBLIC, "reader": OWN, "hub": DESK}


def addresses(site: Site, username: str) -> list[str]:
    """The pages that `username` ("" for anybody) is shown in a tour."""
    query = "SELECT person_id FROM patrons_readercard WHERE number = ?"
    ((reader,),) = site.rows(query, READER)
    return [address.format(reader=reader) for address in BY_WHOM[username]]
