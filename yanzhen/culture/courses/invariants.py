"""What must always hold of courses, recomputed from their rows."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from yanzhen.culture.courses.models import Course, GroupPlaces


def places_taken_are_places_given() -> Iterator[str]:
    """`taken` is the sum of single enrolments and of what groups keep."""
    single = Count("enrolments", filter=Q(enrolments__cancelled_at=None, enrolments__group=None))
    kept: dict[int, int] = {}
    for course_id, places in GroupPlaces.objects.live().values_list("course", "places"):
        kept[course_id] = kept.get(course_id, 0) + places
    for course in Course.objects.annotate(single=single):
        given = course.single + kept.get(course.pk, 0)
        if given != course.taken:
            yield f"course {course.pk}: {course.taken} places taken, {given} given"


def names_of_a_group_are_counted() -> Iterator[str]:
    members = Count("members", filter=Q(members__cancelled_at=None))
    for group in GroupPlaces.objects.annotate(there=members).exclude(there=F("named")):
        yield f"group {group.pk}: {group.named} names counted, {group.there} there"


INVARIANTS = (places_taken_are_places_given, names_of_a_group_are_counted)
