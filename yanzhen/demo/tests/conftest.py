import datetime as dt

import pytest
from django.db import transaction
from django.test import override_settings

from yanzhen.demo.loading import load_county
from yanzhen.demo.sizes import Sizes

# A Wednesday afternoon: every house is open or on its announced closure.
AT = dt.datetime(2026, 11, 18, 16, 20, tzinfo=dt.timezone(dt.timedelta(hours=8)))
SMALL = Sizes(titles=60, copies=500, residents=40, loans=260, days=92, coming=5, held=2)
FAST = "django.contrib.auth.hashers.MD5PasswordHasher"  # the one every test signs in with


@pytest.fixture(scope="module")
def county(django_db_setup, django_db_blocker, tmp_path_factory):
    """A corner of the demo county, loaded once for the tests of a file and rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(
            PASSWORD_HASHERS=[FAST], MEDIA_ROOT=tmp_path_factory.mktemp("media")
        ):
            load_county(at=AT, sizes=SMALL)
        yield
        transaction.set_rollback(True)
