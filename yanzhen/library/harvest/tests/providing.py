"""A provider that answers what a test has written, on a real socket in a thread."""

import threading
from collections.abc import Callable
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from yanzhen.library.catalogue.marc import xml

OAI = 'xmlns="http://www.openarchives.org/OAI/2.0/"'
IDENTIFY = "<Identify><repositoryName>邻县图书馆</repositoryName></Identify>"

Answer = str | bytes | tuple[int, dict[str, str]]


def answer(body: str, at: str = "2026-11-20T08:00:00Z") -> str:
    return f"<OAI-PMH {OAI}><responseDate>{at}</responseDate>{body}</OAI-PMH>"


def error(code: str) -> str:
    return answer(f'<error code="{code}">no</error>')


def listing(*records, deleted: int = 0, token: str = "", at: str = "2026-11-20T08:00:00Z") -> str:
    gone = '<record><header status="deleted"><identifier>x</identifier></header></record>'
    told = [
        f"<record><header><identifier>{n}</identifier></header>"
        f"<metadata>{xml.slim(record)}</metadata></record>"
        for n, record in enumerate(records)
    ]
    end = f"<resumptionToken>{token}</resumptionToken>"
    return answer(f"<ListRecords>{''.join(told)}{gone * deleted}{end}</ListRecords>", at)


@contextmanager
def providing(answers: Callable[[dict[str, str]], Answer]):
    """Give the address and the list of what was asked; Identify is answered by itself."""
    asked: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            arguments = dict(parse_qsl(urlsplit(self.path).query))
            if arguments.get("verb") == "Identify":
                said: Answer = answer(IDENTIFY)
            else:
                asked.append(arguments)
                said = answers(arguments)
            self._say(*((*said, b"") if isinstance(said, tuple) else (200, {}, said)))

        def _say(self, status: int, headers: dict[str, str], body: str | bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body.encode() if isinstance(body, str) else body)

        def log_message(self, *args) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/oai", asked
    finally:
        server.shutdown()
        server.server_close()
