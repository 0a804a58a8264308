"""The wrapper of the web server we rely on: only a trusted proxy may name the caller."""

import pytest
from granian.utils.proxies import wrap_wsgi_with_proxy_headers


@pytest.mark.parametrize(
    ("proxy", "seen"), [("127.0.0.1", "203.0.113.9"), ("198.51.100.7", "198.51.100.7")]
)
def test_only_a_trusted_proxy_is_believed(proxy, seen):
    found = {}
    inner = lambda environ, start: found.update(environ) or [b""]  # noqa: E731
    wrapped = wrap_wsgi_with_proxy_headers(inner, ["127.0.0.1"])
    wrapped({"REMOTE_ADDR": proxy, "HTTP_X_FORWARDED_FOR": "203.0.113.9"}, lambda *_: None)
    assert found["REMOTE_ADDR"] == seen
