"""What the drills share: a spa to drill on, the API as its own document tells it, a client that sends any bytes, what was found."""
import argparse
import contextlib
import http.client
import importlib.machinery
import importlib.util
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import sqlite3
import sys
import tempfile
import time
import unicodedata
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "tests" / "scenarios"))
import harness  # noqa: E402
from harness import BASE, Postgres, Spa, make_demo  # noqa: E402, F401

JSON = {"Content-Type": "application/json"}
MCP = {**JSON, "Accept": "application/json, text/event-stream"}
CONTACTS = ("telefono", "email", "documento_identidad")
SHOWN = 6
SECRET = "0123456789abcdef0123456789abcdef"


def load(name: str):
    """A drill as a module: the programs have no ending, and the short forms in tests/scenarios are the same code."""
    loader = importlib.machinery.SourceFileLoader(f"drill_{name}", str(HERE / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    writes, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = writes
    return module


class Findings:
    """What was found, by kind with the first requests that show it; a drill that found something ends with 1."""

    def __init__(self):
        self.kinds: dict[str, list[str]] = {}
        self.checks = 0

    def expect(self, holds, kind: str, example="") -> bool:
        self.checks += 1
        if not holds:
            self.kinds.setdefault(kind, []).append(str(example))
        return bool(holds)

    def __bool__(self):
        return bool(self.kinds)

    def __str__(self):
        lines = []
        for kind, examples in self.kinds.items():
            lines += [f"{len(examples):>6} × {kind}", *(f"         {example[:600]}" for example in examples[:SHOWN])]
        return "\n".join(lines) or "nothing found"

    def finish(self, what: str) -> int:
        print(f"{what}: {self.checks} checks\n{self}", flush=True)
        return 1 if self else 0


def arguments(about: str, **options) -> argparse.Namespace:
    """The command line: `times=50` is --times N with that as the default, `postgres=False` a switch."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.ArgumentDefaultsHelpFormatter)
    for name, default in {"seed": 1, **options}.items():
        flag = "--" + name.replace("_", "-")
        if default is False:
            parser.add_argument(flag, action="store_true", help="also so" if name == "postgres" else " ")
        else:
            parser.add_argument(flag, type=type(default), default=default, metavar="N" if isinstance(default, (int, float)) else "WHAT",
                                help=" ")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # no server and no folder is left behind
    return parser.parse_args()


@contextlib.contextmanager
def place(customers=1000, seed=1, other=0, sync=True, store_url=None, **settings):
    """A demo's spa in a folder of its own that is gone afterwards; with `other`, a second tenant "laguna" of so many customers."""
    with tempfile.TemporaryDirectory(prefix="aremko-drill-") as name:
        folder = pathlib.Path(name)
        database, legacy = make_demo(folder, customers=customers, seed=seed)
        if other:
            (folder / "laguna").mkdir()
            second, second_legacy = make_demo(folder / "laguna", customers=other, seed=seed + 1)
            settings |= {"AREMKO_DATABASE_URL_LAGUNA": second, "AREMKO_LEGACY_DATA_PATH_LAGUNA": str(second_legacy)}
        # Whatever the program writes is to be found afterwards, so everything it may write to lies in here.
        (folder / "tmp").mkdir()
        settings = {"SECRET_KEY": SECRET, "TMPDIR": str(folder / "tmp"), "HOME": str(folder / "tmp"), **settings}
        spa = Spa(folder, database, legacy, store_url, **settings)
        spa.database = pathlib.Path(database.removeprefix("sqlite:///"))
        spa.legacy = legacy
        spa.run("migrate")
        if sync:
            spa.run("sync")
        spa.key = spa.make_key("admin")
        try:
            yield spa
        finally:
            spa.stop(signal.SIGKILL)


def rss_mb(spa: Spa) -> float:
    status = pathlib.Path(f"/proc/{spa.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def descriptors(spa: Spa) -> int:
    return len(os.listdir(f"/proc/{spa.process.pid}/fd"))


def settled(check, seconds=20) -> bool:
    """True as soon as check() is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError, KeyError, IndexError, TypeError, ValueError, http.client.HTTPException):
            if check():
                return True
        time.sleep(0.05)
    return False


class Operation:
    """One operation of the OpenAPI document."""

    def __init__(self, document, path, method, raw):
        self.path, self.method, self.name = path, method.upper(), raw["operationId"]
        shared = document["components"]["parameters"]
        self.parameters = [shared[p["$ref"].split("/")[-1]] if "$ref" in p else p for p in raw.get("parameters", [])]
        content = raw.get("requestBody", {}).get("content", {})
        self.body = content.get("application/json", {}).get("schema", {}).get("properties", {})
        self.body_required = content.get("application/json", {}).get("schema", {}).get("required", [])
        self.statuses = {int(status) for status in raw["responses"]}
        self.scope = raw.get("x-scope")  # none: no key is needed
        self.right = raw.get("x-right")
        self.needs_key = bool(raw.get("security"))


def operations(spa: Spa) -> list[Operation]:
    document = spa.get("/openapi.json", key=None, lang="en").json
    return [Operation(document, path, method, raw) for path, item in document["paths"].items() for method, raw in item.items()]


def quote(value) -> str:
    """Percent-encoded, bytes too."""
    return urllib.parse.quote(value if isinstance(value, bytes) else str(value), safe="", errors="surrogatepass")


def examples(spa: Spa) -> dict:
    """A value that exists for everything that a path or a required body names."""
    mapping = spa.get(f"{BASE}/mappings", limit=1).json["mappings"][0]
    return {"customer_id": 123, "legacy_id": "1657", "segment": "VIP", "kind": "people", "mapping_id": mapping["id"], "query": "maria",
            "job_id": spa.get(f"{BASE}/jobs").json["jobs"][0]["id"], "current_id": 123, "message": "Hola, la esperamos.",
            "text": "Hola, la esperamos."}


class Request:
    """What is about to be sent for an operation: each part ready-made, so that a drill can put something hostile in its place."""

    def __init__(self, operation: Operation, values: dict):
        self.operation = operation
        self.places, self.query, self.headers, self.body = {}, {}, {}, None
        for one in operation.parameters:
            value = values.get(one["name"], one.get("example", one["schema"].get("example", "a")))
            if one["in"] == "path":
                self.places[one["name"]] = quote(value)
            elif one["in"] == "query" and one.get("required"):
                self.query[one["name"]] = quote(value)
        if operation.body:
            self.body = {name: values.get(name, operation.body[name].get("example", "a")) for name in operation.body_required}

    @property
    def target(self) -> str:
        target = re.sub(r"\{(\w+)\}", lambda found: self.places[found[1]], self.operation.path)
        return target + ("?" + "&".join(f"{name}={value}" for name, value in self.query.items()) if self.query else "")

    def send(self, wire: "Wire", key=None, **headers):
        body = self.body if self.body is None or isinstance(self.body, bytes) else json.dumps(self.body).encode()
        sent = {**self.headers, **headers, **({"X-API-Key": key} if key else {}), **(JSON if body is not None else {})}
        return wire.send(self.operation.method, self.target, sent, body)

    def as_curl(self) -> str:
        """The request for a person to repeat; what cannot be shown is escaped."""
        shown = {name: value.decode("latin-1") if isinstance(value, bytes) else value for name, value in self.headers.items()}
        headers = "".join(f" -H {ascii(f'{name}: {value}')}" for name, value in shown.items())
        body = "" if self.body is None else f" -d {ascii(self.body if isinstance(self.body, bytes) else json.dumps(self.body))[:200]}"
        return f"curl -X {self.operation.method} '$HOST{ascii(self.target)[1:-1][:240]}'{headers[:240]}{body}"


class Answer(harness.Answer):
    seconds = 0.0

    @property
    def type(self) -> str:
        return (self.headers.get("Content-Type") or "").split(";")[0]


class Wire:
    """One kept connection that sends whatever it is told, which http.client would refuse to."""

    def __init__(self, spa: Spa, timeout=30):
        self.port, self.timeout, self.socket = spa.port, timeout, None

    def send(self, method: str, target, headers=None, body: bytes | None = None) -> Answer | None:
        """The answer; None when the server closed without one."""
        head = [f"{method} ".encode() + (target if isinstance(target, bytes) else target.encode()) + b" HTTP/1.1", b"Host: localhost"]
        for name, value in (headers or {}).items():
            head.append(name.encode() + b": " + (value if isinstance(value, bytes) else str(value).encode(errors="surrogatepass")))
        if body is not None or method == "POST":
            head.append(b"Content-Length: %d" % len(body or b""))
        data = b"\r\n".join(head) + b"\r\n\r\n" + (body or b"")
        for fresh in (False, True):  # a kept connection may have been closed in between
            if self.socket is None:
                self.socket = socket.create_connection(("127.0.0.1", self.port), timeout=self.timeout)
                self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                fresh = True
            began = time.perf_counter()
            try:
                with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # refused on its head, the answer is there
                    self.socket.sendall(data)
                received = http.client.HTTPResponse(self.socket, method=method)
                received.begin()
                out = Answer(received.status, received.headers, received.read())
                out.seconds = time.perf_counter() - began
                if received.will_close:
                    self.close()
                return out
            except TimeoutError:
                self.close()
                raise
            except (OSError, http.client.HTTPException):
                self.close()
                if fresh:
                    return None
        return None

    def close(self):
        if self.socket:
            self.socket.close()
        self.socket = None


class Assistant:
    """A client of /mcp on one kept connection, in a session of its own."""

    def __init__(self, spa: Spa, key: str | None, session=True):
        self.wire, self.key, self.number, self.session = Wire(spa), key, 0, None
        if session:
            client = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "drill", "version": "1"}}
            answer = self.ask("initialize", client)
            self.session = answer.headers.get("Mcp-Session-Id") if answer and answer.status == 200 else None

    def headers(self):
        own = {"X-API-Key": self.key} if self.key else {}
        return {**MCP, **own, **({"Mcp-Session-Id": self.session, "MCP-Protocol-Version": "2025-06-18"} if self.session else {})}

    def ask(self, method: str, params=None) -> Answer | None:
        self.number += 1
        message = {"jsonrpc": "2.0", "id": self.number, "method": method, "params": params or {}}
        return self.post(json.dumps(message).encode())

    def post(self, body: bytes) -> Answer | None:
        return self.wire.send("POST", "/mcp", self.headers(), body)

    def call(self, tool: str, **given) -> Answer | None:
        return self.ask("tools/call", {"name": tool, "arguments": given})

    def end(self):
        self.wire.send("DELETE", "/mcp", self.headers())
        self.wire.close()


def result_of(answer: Answer) -> dict:
    """A JSON-RPC answer, whether it came as JSON or as the events of a stream."""
    if answer.type == "text/event-stream":
        events = [line[6:] for line in answer.body.decode().split("\n") if line.startswith("data: ") and line[6:].strip()]
        return json.loads(events[-1])
    return answer.json


def people(spa: Spa, folder: pathlib.Path | None = None) -> dict[str, set[str]]:
    """Every name, phone, e-mail and document of a demo's sources, as they stand there."""
    database = folder / "aremko.sqlite3" if folder else spa.database
    out = {"nombre": set(), **{kind: set() for kind in CONTACTS}}
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as db:
        for row in db.execute("SELECT nombre, telefono, email, documento_identidad FROM ventas_cliente"):
            for kind, value in zip(out, row):
                out[kind].add((value or "").strip())
    for kind in out:
        out[kind].discard("")
    return out


def plain(text: str) -> str:
    """Without marks, case and runs of spaces, as people compare names."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def everything(folder: pathlib.Path) -> str:
    """All the text of a demo's sources, plain: what is not in here cannot be this spa's."""
    with contextlib.closing(sqlite3.connect(f"file:{folder}/aremko.sqlite3?mode=ro", uri=True)) as db:
        rows = [" ".join(str(cell) for cell in row) for row in db.execute("SELECT * FROM ventas_cliente")]
    files = [file.read_text(encoding="utf-8", errors="replace") for file in sorted((folder / "legacy").glob("*.csv"))]
    return plain("\n".join(rows + files))


def members(tree, path=""):
    """Every (name, value) of a JSON tree that is no object or list."""
    if isinstance(tree, dict):
        for name, value in tree.items():
            yield from [(name, value)] if not isinstance(value, (dict, list)) else members(value, name)
    elif isinstance(tree, list):
        for value in tree:
            yield from [(path, value)] if not isinstance(value, (dict, list)) else members(value, path)


def digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def keep_log(spa: Spa, folder: str):
    """Copies what the server wrote to where `personal --look` finds it."""
    if folder:
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
        for log in spa.folder.glob("server-*.log"):
            shutil.copy(log, folder)
