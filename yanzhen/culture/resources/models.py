"""What can be used at one time by one thing only: facilities, teachers, equipment, vehicles."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from yanzhen.network.models import Labelled, Site


class Facility(Labelled, models.Model):
    """A room or a built place that people come to: hall, square, village stage (R07).

    A facility may be part of another (hall = A + B).
    """

    class Kind(models.TextChoices):
        HALL = "hall", _("礼堂、剧场")
        CLASSROOM = "classroom", _("教室、排练厅")
        READING_ROOM = "reading_room", _("阅览室、报告厅")
        EXHIBITION_ROOM = "exhibition_room", _("展厅")
        SQUARE = "square", _("文化广场")
        VILLAGE_STAGE = "village_stage", _("乡村戏台")
        HISTORY_ROOM = "history_room", _("镇村史馆")
        HERITAGE_WORKSHOP = "heritage_workshop", _("非遗传习所")

    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    site = models.ForeignKey(Site, models.PROTECT, related_name="facilities")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    part_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="parts")
    seats = models.PositiveIntegerField()

    class Meta:
        ordering = ["site__code", "pk"]
