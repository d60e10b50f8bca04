"""The fake AWS over HTTP: the query protocol with XML for IAM and STS, JSON for Organizations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl
from xml.sax.saxutils import escape

from tests.audit.fake_accounts import AwsFailureError
from tests.audit.fake_aws import RawAnswerError, World

IAM_NAMESPACE = "https://iam.amazonaws.com/doc/2010-05-08/"
STS_NAMESPACE = "https://sts.amazonaws.com/doc/2011-06-15/"


def to_xml(value: object) -> str:
    if isinstance(value, dict):
        return "".join(
            f"<{name}>{_inner(name, item)}</{name}>" if name != "entry" else _entries(item)
            for name, item in value.items()
        )
    if isinstance(value, bool):
        return str(value).lower()
    return escape(str(value))


def _inner(name: str, value: object) -> str:
    if isinstance(value, list):
        return "".join(f"<member>{to_xml(item)}</member>" for item in value)
    return to_xml(value)


def _entries(items: list[object]) -> str:
    return "".join(f"<entry>{to_xml(item)}</entry>" for item in items)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = 65_536  # header and body in one packet: else the client's delayed ACK costs 40 ms a call
    world: World

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        match = re.search(r"Credential=([^/]+)/", self.headers.get("Authorization", ""))
        key_id = match[1] if match else ""
        target = self.headers.get("X-Amz-Target")
        try:
            if target:
                self._json(
                    200, self.world.answer("organizations:" + target.split(".")[1], json.loads(body), key_id)
                )
                return
            params = dict(parse_qsl(body))
            name = params.pop("Action")
            service = "sts" if params.pop("Version") == "2011-06-15" else "iam"
            result = to_xml(self.world.answer(f"{service}:{name}", params, key_id))
            namespace = STS_NAMESPACE if service == "sts" else IAM_NAMESPACE
            xml = (
                f'<{name}Response xmlns="{namespace}"><{name}Result>{result}</{name}Result></{name}Response>'
            )
            self._send(200, "text/xml", xml)
        except RawAnswerError as raw:
            self._send(200, "text/xml", str(raw))
        except AwsFailureError as failure:
            self._fail(failure, as_json=bool(target))

    def _fail(self, failure: AwsFailureError, *, as_json: bool) -> None:
        if as_json:
            self._json(failure.status, {"__type": failure.code, "Message": failure.message})
            return
        error = f"<Error><Code>{failure.code}</Code><Message>{escape(failure.message)}</Message></Error>"
        self._send(failure.status, "text/xml", f"<ErrorResponse>{error}</ErrorResponse>")

    def _json(self, status: int, value: object) -> None:
        self._send(status, "application/x-amz-json-1.1", json.dumps(value))

    def _send(self, status: int, kind: str, text: str) -> None:
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        try:
            self.wfile.write(data)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Tests need no log."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is no error of ours."""


@contextmanager
def serving(world: World) -> Iterator[str]:
    """The URL of a server for the world, while the block runs."""
    server = Server(("127.0.0.1", 0), type("BoundHandler", (Handler,), {"world": world}))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
