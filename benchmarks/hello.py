"""The ceiling of the server itself: the smallest WSGI application there is."""

BODY = b"hello, world\n"


def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(BODY)))])
    return [BODY]
