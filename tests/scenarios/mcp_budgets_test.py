#!/usr/bin/env python3
"""What one key of scope read can make the real program hold over MCP, in bytes of its memory; and streams that end with their key."""
import http.client
import json
import os
import pathlib
import socket
import sqlite3
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import Spa, make_demo  # noqa: E402

CUSTOMERS = 1500
HEADERS = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
# What a key may hold is some 25 MB (docs/mcp.md); the rest is what an allocator keeps of what came and went.
MOST_GROWTH_MB = 40


class Budgets(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="aremko-")
        path = pathlib.Path(cls.folder.name)
        cls.database, legacy = make_demo(path, customers=CUSTOMERS)
        cls.spa = Spa(path, cls.database, legacy, SECRET_KEY="0123456789abcdef0123456789abcdef").serve()

    @classmethod
    def tearDownClass(cls):
        cls.spa.stop()
        cls.folder.cleanup()

    def setUp(self):
        self.key = self.spa.make_key("read")
        self.connection = http.client.HTTPConnection("127.0.0.1", self.spa.port, timeout=30)
        self.addCleanup(self.connection.close)

    def rss_mb(self) -> float:
        status = pathlib.Path(f"/proc/{self.spa.process.pid}/status").read_text()
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024

    def post(self, message, session=None, key=None, method="POST"):
        headers = {**HEADERS, "X-API-Key": key or self.key, **({"Mcp-Session-Id": session} if session else {})}
        self.connection.request(method, "/mcp", json.dumps(message) if message else None, headers)
        answer = self.connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def session(self, key=None, capabilities=None):
        params = {"protocolVersion": "2025-03-26", "capabilities": capabilities or {}, "clientInfo": {"name": "t", "version": "1"}}
        return self.post({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": params}, key=key)[1]["Mcp-Session-Id"]

    def subscribe(self, uris, session, key=None):
        """In batches; the answers."""
        out = []
        for start in range(0, len(uris), 100):
            batch = [{"jsonrpc": "2.0", "id": n, "method": "resources/subscribe", "params": {"uri": uri}}
                     for n, uri in enumerate(uris[start:start + 100])]
            out += json.loads(self.post(batch, session, key)[2])
        return out

    def ping_ms(self):
        session = self.session()
        times = []
        for _ in range(100):
            start = time.perf_counter()
            self.assertEqual(self.post({"jsonrpc": "2.0", "id": 2, "method": "ping"}, session)[0], 200)
            times.append((time.perf_counter() - start) * 1000)
        return sorted(times)[50]

    def open_stream(self, session, key=None):
        connection = socket.create_connection(("127.0.0.1", self.spa.port), timeout=15)
        self.addCleanup(connection.close)
        connection.sendall(f"GET /mcp HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\nX-API-Key: {key or self.key}\r\n"
                           f"Mcp-Session-Id: {session}\r\n\r\n".encode())
        self.assertIn(b"200", connection.recv(4096))
        return connection

    def rename(self, customer):
        with sqlite3.connect(self.database.removeprefix("sqlite:///")) as database:
            database.execute("UPDATE ventas_cliente SET nombre = nombre || 'x' WHERE id = ?", (customer,))
        database.close()

    def test_memory_of_one_key_is_bounded(self):
        ping_before = self.ping_ms()
        before = self.rss_mb()
        for _ in range(3000):  # sessions that are used once
            self.post({"jsonrpc": "2.0", "id": 2, "method": "ping"}, self.session())
        for _ in range(3000):  # and some that are ended
            self.post(None, self.session(), method="DELETE")
        customers = [f"aremko://customers/{n}" for n in range(1, 1001)]
        taken = 0
        for _ in range(20):
            answers = self.subscribe(customers, self.session())
            taken += sum("result" in answer for answer in answers)
        self.assertTrue(100 < taken <= 2000, taken)
        self.assertIn("Hay demasiadas suscripciones", json.dumps(answers, ensure_ascii=False))
        for text in ("A" * 150, "A" * 100_000, "0", "-1", "01", str(CUSTOMERS * 100)):
            answer = self.subscribe([f"aremko://customers/{text}"], self.session())[0]
            self.assertIn("error", answer, text[:20])
        asking = self.session(capabilities={"sampling": {}})
        for number in range(200):  # questions to a client that goes
            body = json.dumps({"jsonrpc": "2.0", "id": number, "method": "tools/call",
                               "params": {"name": "draft_proposal", "arguments": {"customer_id": 123}, "_meta": {"pad": "x" * 200_000}}})
            with socket.create_connection(("127.0.0.1", self.spa.port), timeout=15) as gone:
                gone.sendall((f"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nX-API-Key: {self.key}\r\n"
                              f"Accept: application/json, text/event-stream\r\nMcp-Session-Id: {asking}\r\nContent-Length: {len(body)}\r\n\r\n{body}").encode())
                gone.recv(300)
        self.assertEqual(self.post({"jsonrpc": "2.0", "id": 1, "method": "ping", "params": {"pad": "x" * 300_000}})[0], 413)
        self.connection.close()
        growth = self.rss_mb() - before
        self.assertLess(growth, MOST_GROWTH_MB)
        self.assertLess(self.ping_ms(), max(3 * ping_before, 3))
        # Another key has its own share, and hears of what it asked for.
        other = self.spa.make_key("read")
        session = self.session(other)
        self.assertIn("result", self.subscribe(["aremko://customers/124"], session, other)[0])
        stream = self.open_stream(session, other)
        self.rename(124)
        heard = b""
        while b"customers/124" not in heard:
            heard += stream.recv(4096)

    def test_a_change_tells_of_what_changed(self):
        session = self.session()
        answers = self.subscribe([f"aremko://customers/{n}" for n in range(1, 301)], session)
        self.assertGreater(sum("result" in answer for answer in answers), 200)
        stream = self.open_stream(session)
        time.sleep(1.5)  # it is looked at twice a second
        self.rename(123)
        heard = b""
        while b"customers/123" not in heard:
            heard += stream.recv(65536)
        time.sleep(2)
        stream.settimeout(0.5)
        try:
            heard += stream.recv(65536)
        except TimeoutError:
            pass
        self.assertEqual(heard.count(b"resources/updated"), 1, heard[-400:])

    def test_a_stream_ends_with_its_key(self):
        session = self.session()
        self.subscribe(["aremko://customers/123"], session)
        stream = self.open_stream(session)
        self.spa.run("keys", "revoke", self.key[4:12])
        start = time.time()
        rest = b""
        while not rest.endswith(b"0\r\n\r\n"):  # the last chunk
            rest += stream.recv(4096)
        self.assertLess(time.time() - start, 6)  # a second of the ring's, two of the stream's
        self.assertNotIn(b"updated", rest)
        self.assertEqual(self.post({"jsonrpc": "2.0", "id": 2, "method": "ping"}, session)[0], 401)


if __name__ == "__main__":
    os.chdir("/")
    unittest.main()
