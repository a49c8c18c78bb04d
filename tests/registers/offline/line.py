"""The line between a telephone and the server: it can be cut, so that nobody answers, lose the next answer to a path
(``loses``), pass no request for a path on (``withholds``), or answer the next one with an error page (``breaks``).
"""

from __future__ import annotations

import http.client
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

OF_THE_LINE = frozenset({"connection", "keep-alive", "transfer-encoding", "content-length"})


class Line:
    """Passes requests on to ``server``; a telephone opens ``address``."""

    def __init__(self, server: str) -> None:
        self.server = urlsplit(server).netloc
        self.loses = self.withholds = self.breaks = ""
        self.lost = 0
        self.port = 0
        self.start()

    @property
    def address(self) -> str:
        """Where the telephone goes."""
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        """Somebody answers again."""
        line = self

        class Passing(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                line.passes(self)

            do_POST = do_GET

            def log_message(self, *said: Any) -> None:
                """Nothing."""

        self.listening = ThreadingHTTPServer(("localhost", self.port), Passing)
        self.listening.daemon_threads = True
        self.port = self.listening.server_port
        threading.Thread(target=self.listening.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Nobody answers: the server is stopped."""
        self.listening.shutdown()
        self.listening.server_close()

    def passes(self, asked: BaseHTTPRequestHandler) -> None:
        """One request to the server and its answer back, unless that is to be lost."""
        asked.close_connection = True
        if self.withholds and asked.path.endswith(self.withholds):
            return
        body = asked.rfile.read(int(asked.headers.get("Content-Length") or 0))
        if self.breaks and asked.path.endswith(self.breaks):
            self.breaks = ""
            asked.send_error(500)
            return
        there = http.client.HTTPConnection(self.server, timeout=30)
        headers = {name: value for name, value in asked.headers.items() if name.lower() not in OF_THE_LINE}
        there.request(asked.command, asked.path, body, headers)
        answer = there.getresponse()
        said = answer.read()
        if self.loses and asked.path.endswith(self.loses):
            self.loses = ""
            self.lost += 1
            return
        asked.send_response_only(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in OF_THE_LINE:
                asked.send_header(name, value)
        asked.send_header("Content-Length", str(len(said)))
        asked.send_header("Connection", "close")
        asked.end_headers()
        asked.wfile.write(said)
