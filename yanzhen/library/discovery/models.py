from django.db import models


class IndexChange(models.Model):
    """A title whose entry in the search index is out of date; every index tails these rows."""

    bib_id = models.BigIntegerField()
    at = models.DateTimeField()
