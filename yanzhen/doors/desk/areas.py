"""What is done at a branch besides lending: the page that leads there.

Each area is a page of its own; an entry here makes it found, and says who sees it.
"""

from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import pgettext_lazy

from yanzhen.doors.desk.places import OF_EITHER_TREE, desk_node
from yanzhen.doors.gate import Request, staff
from yanzhen.network.models import Node
from yanzhen.people.roles import (
    BOOK_FOR_OTHERS,
    CHECK_IN,
    CIRCULATE,
    COUNT_STOCK,
    MANAGE_NETWORK,
    MANAGE_RESOURCES,
    MOVE_STOCK,
    PLAN_ACTIVITIES,
    PURCHASE,
    SEE_STOCK,
    WISH,
)


class Area(NamedTuple):
    """One way in: the address's name, what it is called, what it is for, who sees it, its icon."""

    url_name: str
    word: Promise
    about: Promise
    capability: str
    icon: str


GROUPS: tuple[tuple[Promise, tuple[Area, ...]], ...] = (
    (
        _lazy("读者要的书"),
        (
            Area(
                "desk:pull-list",
                _lazy("取书单"),
                _lazy("读者预约了、要从本馆书架上取下来的书。"),
                CIRCULATE,
                "books",
            ),
            Area(
                "desk:hold-shelf",
                _lazy("预约架"),
                _lazy("等读者来取的书，留到哪天；过期没取的请取下。"),
                CIRCULATE,
                "bell",
            ),
            Area(
                "desk:loan-rules",
                _lazy("借阅规则"),
                _lazy("谁能借多久、借几本、续几次；为什么是这样，改了会怎样。"),
                SEE_STOCK,
                "card",
            ),
        ),
    ),
    (
        _lazy("书在路上"),
        (
            Area(
                "desk:manifests",
                _lazy("交接单"),
                _lazy("装箱、交出、签收；差异在这里查。"),
                CIRCULATE,
                "truck",
            ),
            Area(
                "desk:boxes",
                _lazy("图书箱"),
                _lazy("借给村里服务点的一箱书：装什么、在哪里、哪天收回。"),
                CIRCULATE,
                "book",
            ),
            Area(
                "desk:plans",
                _lazy("流动轮换"),
                _lazy("一箱书一站接一站，到日子该往哪里送。"),
                MOVE_STOCK,
                "calendar",
            ),
            Area(
                "desk:proposals",
                _lazy("调拨建议"),
                _lazy("哪里读得多、哪里闲着，算出该调什么，由您定。"),
                MOVE_STOCK,
                "arrow-right",
            ),
            Area(
                "desk:floating",
                _lazy("浮动馆藏"),
                _lazy("哪些馆还到哪里就留在哪里，每馆留多少，哪些书不留。"),
                MOVE_STOCK,
                "renew",
            ),
            Area(
                "desk:shelf-room",
                _lazy("书架容量"),
                _lazy("每个馆的书架放得下多少本；算调拨建议时用。"),
                MOVE_STOCK,
                "books",
            ),
        ),
    ),
    (
        _lazy("书在架上"),
        (
            Area(
                "desk:copies",
                _lazy("馆藏"),
                _lazy("查一册书：在哪里、是谁的、经历过什么；报失、送修、过户。"),
                SEE_STOCK,
                "search",
            ),
            Area(
                "desk:counts",
                _lazy("清点"),
                _lazy("一架一架扫过去，看哪本在、哪本缺、哪本放错了。"),
                COUNT_STOCK,
                "scan",
            ),
            Area(
                "desk:withdrawals",
                pgettext_lazy("area", "剔旧"),
                _lazy("破旧、过时的书列成清单报总馆；总馆逐册批准才退出馆藏。"),
                COUNT_STOCK,
                "return",
            ),
        ),
    ),
    (
        _lazy("书从哪里来"),
        (
            Area(
                "desk:wishes", _lazy("采购意向"), _lazy("本馆想要什么书，报给总馆。"), WISH, "star"
            ),
            Area(
                "desk:purchasing",
                _lazy("采购"),
                _lazy("意向、订单、验收、经费（总馆）。"),
                PURCHASE,
                "plus",
            ),
            Area(
                "desk:cataloguing",
                _lazy("编目"),
                _lazy("找一条书目来改，新编一条；分馆提建议，总馆决定。"),
                SEE_STOCK,
                "pencil",
            ),
            Area(
                "desk:copying",
                _lazy("套录"),
                _lazy("一起问几家别的馆，把编好的书目收进来。"),
                SEE_STOCK,
                "globe",
            ),
        ),
    ),
    (
        _lazy("文化活动"),
        (
            Area(
                "desk:bookings",
                _lazy("约活动"),
                _lazy("替打电话来的、到柜台来的人约：姓名和电话就行。"),
                BOOK_FOR_OTHERS,
                "bell",
            ),
            Area(
                "desk:notices",
                _lazy("要告诉的人"),
                _lazy("改期、取消、候补有位置：谁还不知道，打哪个电话，怎么说。"),
                BOOK_FOR_OTHERS,
                "bell",
            ),
            Area(
                "desk:no-shows",
                _lazy("没有来"),
                _lazy("约了没来的：看申诉，不计，暴雨停电整场不计；全区的规则。"),
                CHECK_IN,
                "person",
            ),
            Area(
                "desk:courses",
                _lazy("课程"),
                _lazy("报一次名、上好多节的课：名单、团体名额、点名、补课、证书。"),
                PLAN_ACTIVITIES,
                "pencil",
            ),
            Area(
                "desk:plan",
                _lazy("年度计划"),
                _lazy("四个节日、各个片区：办了什么，打算办什么，哪里还空着。"),
                PLAN_ACTIVITIES,
                "star",
            ),
            Area(
                "desk:contests",
                _lazy("竞演"),
                _lazy("魅力乡镇竞演：报节目、排顺序、请评委、收评分表、公布成绩。"),
                PLAN_ACTIVITIES,
                "star",
            ),
            Area(
                "desk:almanac",
                _lazy("历法"),
                _lazy("农历、四个节日、放假和调休、学期和寒暑假。"),
                PLAN_ACTIVITIES,
                "calendar",
            ),
            Area(
                "desk:menu-orders",
                _lazy("点单"),
                _lazy("镇街、学校、企业、工地点了什么，等了多久；电话里记一单。"),
                PLAN_ACTIVITIES,
                "bell",
            ),
            Area(
                "desk:tours",
                _lazy("巡回"),
                _lazy("排路线、派队伍和车、打行程单、补录签收；流动服务的数字。"),
                PLAN_ACTIVITIES,
                "truck",
            ),
            Area(
                "desk:menu",
                _lazy("菜单"),
                _lazy("本馆能送的演出、展览、老师、图书箱；馆办团队和群众团队。"),
                PLAN_ACTIVITIES,
                "menu",
            ),
            Area(
                "desk:planner",
                _lazy("排期"),
                _lazy("一周里谁用场地、老师在哪里；留、移、换、放开，撞了会告诉您。"),
                MANAGE_RESOURCES,
                "clock",
            ),
            Area(
                "desk:resources",
                _lazy("场地和师资"),
                _lazy("戏台、礼堂、广场、老师、器材、车辆的登记：照片、无障碍、入职查询。"),
                MANAGE_RESOURCES,
                "home",
            ),
        ),
    ),
    (
        _lazy("机器"),
        (
            Area(
                "desk:machines",
                _lazy("自助机"),
                _lazy("自助借还机、还书箱、分拣机的账号和写法。"),
                MANAGE_NETWORK,
                "scan",
            ),
        ),
    ),
)


@staff(SEE_STOCK, or_else=PLAN_ACTIVITIES)
def listing(request: Request, code: str) -> HttpResponse:
    """The areas somebody may enter at this branch; at a culture centre those of culture."""
    sees_stock = request.actor.may(SEE_STOCK) and not _is_culture(code)
    node = desk_node(code, request.actor, SEE_STOCK if sees_stock else PLAN_ACTIVITIES)
    groups = [
        (
            title,
            [
                (reverse(area.url_name, args=[node.code]), area)
                for area in areas
                if request.actor.may(area.capability, node.path)
                and (node.tree == Node.Tree.LIBRARY or area.capability in OF_EITHER_TREE)
            ],
        )
        for title, areas in GROUPS
    ]
    seen = [(title, doors) for title, doors in groups if doors]
    return render(request, "desk/areas.html", {"node": node, "desk_areas": True, "groups": seen})


def _is_culture(code: str) -> bool:
    return Node.objects.culture().filter(code=code).exists()
