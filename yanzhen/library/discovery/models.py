from django.db import models


class IndexChange(models.Model):
    """A title whose entry in the search index is out of date; every index tails these rows.

    With `added_until` it tells of new titles from `bib_id` to there: an index that holds one of
    them already needs nothing for it, since what changed it later has a row of its own.
    """

    bib_id = models.BigIntegerField()
    added_until = models.BigIntegerField(null=True)
    at = models.DateTimeField()
