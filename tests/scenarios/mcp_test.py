#!/usr/bin/env python3
"""The assistants' door of the real program: keys, tokens, both eras over HTTP and stdio, notifications of new data."""
import base64
import http.client
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import AREMKO, Spa, make_demo  # noqa: E402

MODERN = "2026-07-28"
HEADERS = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
META = {"io.modelcontextprotocol/protocolVersion": MODERN, "io.modelcontextprotocol/clientCapabilities": {}}


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Issuer:
    """An authorization server's key and tokens, made with openssl."""

    def __init__(self, folder: pathlib.Path):
        self.key = folder / "issuer.pem"
        subprocess.run(["openssl", "genrsa", "-out", self.key, "2048"], check=True, capture_output=True)
        modulus = subprocess.run(["openssl", "rsa", "-in", self.key, "-noout", "-modulus"], check=True, capture_output=True, text=True)
        n = bytes.fromhex(modulus.stdout.strip().split("=")[1])
        self.jwks = folder / "jwks.json"
        self.jwks.write_text(json.dumps({"keys": [{"kty": "RSA", "kid": "k", "use": "sig", "n": b64(n), "e": "AQAB"}]}))

    def token(self, **claims) -> str:
        text = ".".join(b64(json.dumps(part).encode()) for part in ({"alg": "RS256", "kid": "k", "typ": "at+jwt"}, claims))
        signed = subprocess.run(["openssl", "dgst", "-sha256", "-sign", self.key], input=text.encode(), check=True, capture_output=True)
        return f"{text}.{b64(signed.stdout)}"


class Mcp(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="aremko-")
        path = pathlib.Path(cls.folder.name)
        cls.database, legacy = make_demo(path, customers=600)
        cls.issuer = Issuer(path)
        cls.spa = Spa(path, cls.database, legacy, SECRET_KEY="0123456789abcdef0123456789abcdef",
                      AREMKO_MCP_URL="https://spa.example.cl/mcp", AREMKO_MCP_ISSUER="https://login.example.cl",
                      AREMKO_MCP_JWKS=str(cls.issuer.jwks)).serve()

    @classmethod
    def tearDownClass(cls):
        cls.spa.stop()
        cls.folder.cleanup()

    def post(self, method, params=None, key="own", headers=None, legacy=False, identifier=1):
        params = dict(params or {})
        sent = {**HEADERS, **(headers or {})}
        if not legacy:
            params["_meta"] = META
            sent.update({"MCP-Protocol-Version": MODERN, "Mcp-Method": method})
            if name := params.get("name") or params.get("uri"):
                sent["Mcp-Name"] = name
        body = json.dumps({"jsonrpc": "2.0", "id": identifier, "method": method, "params": params})
        return self.spa.post("/mcp", key=key, headers=sent, body=body)

    def test_the_log_says_who_read_whom(self):
        told = lambda: [line for line in self.spa.log_text().splitlines() if "route=/mcp" in line]
        time.sleep(0.5)  # what was asked before is written
        before = len(told())
        self.post("tools/call", {"name": "list_visits", "arguments": {"customer_id": 123}})
        self.post("resources/read", {"uri": "aremko://customers/123"})
        self.post("tools/call", {"name": "get_customer", "arguments": {"customer_id": 987654321}})
        self.post("tools/call", {"name": "search_customers", "arguments": {"query": "maria"}})
        deadline = time.monotonic() + 10  # the log has a writer of its own
        while len(told()) < before + 4 and time.monotonic() < deadline:
            time.sleep(0.05)
        lines = told()[before:]
        self.assertEqual(len(lines), 4)
        for line, subject in zip(lines, ("customer:123", "customer:123", None, None)):
            self.assertIn("tenant=aremko", line)
            self.assertIn("key=", line)
            self.assertIn(f"subject={subject}" if subject else "", line)
            self.assertEqual("subject=customer" in line, subject is not None, line)

    def test_both_eras_at_one_endpoint(self):
        discovered = self.post("server/discover").json["result"]
        self.assertIn(MODERN, discovered["supportedVersions"])
        greeted = self.post("initialize", {"protocolVersion": "2025-06-18", "capabilities": {},
                                           "clientInfo": {"name": "t", "version": "1"}}, legacy=True)
        self.assertEqual(greeted.json["result"]["protocolVersion"], "2025-06-18")
        session = {"Mcp-Session-Id": greeted.headers["Mcp-Session-Id"]}
        old = self.post("tools/list", legacy=True, headers=session).json["result"]
        new = self.post("tools/list").json["result"]
        self.assertEqual(old["tools"], new["tools"])
        self.assertGreater(len(new["tools"]), 5)
        for name in ("prompts/list", "resources/templates/list"):
            self.assertNotIn("error", self.post(name).json)

    def test_a_key_or_a_token_is_asked_for(self):
        refused = self.post("server/discover", key=None)
        self.assertEqual(refused.status, 401)
        metadata = "https://spa.example.cl/.well-known/oauth-protected-resource/mcp"
        self.assertIn(f'resource_metadata="{metadata}"', refused.headers["WWW-Authenticate"])
        for path in ("/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp"):
            told = self.spa.get(path, key=None).json
            self.assertEqual(told["resource"], "https://spa.example.cl/mcp")
            self.assertEqual(told["authorization_servers"], ["https://login.example.cl"])

        def with_bearer(text):
            return self.post("server/discover", key=None, headers={"Authorization": f"Bearer {text}"})
        good = {"iss": "https://login.example.cl", "aud": "https://spa.example.cl/mcp", "exp": time.time() + 60, "sub": "s", "scope": "read"}
        self.assertEqual(with_bearer(self.spa.make_key("read")).status, 200)
        self.assertEqual(with_bearer(self.issuer.token(**good)).status, 200)
        self.assertEqual(with_bearer(self.issuer.token(**{**good, "aud": "https://other.example.cl"})).status, 401)
        self.assertEqual(with_bearer(self.issuer.token(**{**good, "exp": time.time() - 600})).status, 401)
        self.assertEqual(with_bearer(self.issuer.token(**{**good, "scope": "email"})).status, 403)
        self.assertEqual(with_bearer("ark_nothing").status, 401)

    def test_other_hosts_and_origins_are_refused(self):
        for headers, status in (({"Host": "spa.example.cl"}, 200), ({"Host": "evil.example.com"}, 403),
                                ({"Origin": "https://spa.example.cl"}, 200), ({"Origin": "https://evil.example.com"}, 403)):
            self.assertEqual(self.post("server/discover", headers=headers).status, status, headers)

    def test_a_session_outlives_the_server(self):
        greeted = self.post("initialize", {"protocolVersion": "2025-11-25", "capabilities": {}}, legacy=True)
        session = {"Mcp-Session-Id": greeted.headers["Mcp-Session-Id"]}
        self.spa.stop()
        self.spa.serve()
        self.assertEqual(self.post("ping", legacy=True, headers=session).status, 200)
        self.assertEqual(self.spa.request("DELETE", "/mcp", headers=session).status, 204)
        self.assertEqual(self.post("ping", legacy=True, headers=session).status, 404)

    def test_new_data_are_told_to_who_listens(self):
        templates = self.post("resources/templates/list").json["result"]["resourceTemplates"]
        resources = self.post("resources/list").json["result"]["resources"]
        uri = next((r["uri"] for r in resources if not r["uri"].startswith("ui:")), "aremko://customers/123")
        self.assertTrue(templates)
        connection = http.client.HTTPConnection("127.0.0.1", self.spa.port, timeout=30)
        body = json.dumps({"jsonrpc": "2.0", "id": "s", "method": "subscriptions/listen",
                           "params": {"_meta": META, "notifications": {"resourceSubscriptions": ["aremko://customers/123", uri]}}})
        connection.request("POST", "/mcp", body, {**HEADERS, "X-API-Key": self.spa.key or self.spa.make_key(),
                                                  "MCP-Protocol-Version": MODERN, "Mcp-Method": "subscriptions/listen"})
        stream = connection.getresponse()
        self.assertEqual(stream.headers["Content-Type"], "text/event-stream")
        events = (json.loads(line[6:]) for line in stream if line.startswith(b"data: {"))
        acknowledged = next(events)
        self.assertEqual(acknowledged["method"], "notifications/subscriptions/acknowledged")
        with sqlite3.connect(self.database.removeprefix("sqlite:///")) as database:
            database.execute("UPDATE ventas_ventareserva SET total = total + 1000 WHERE id ="
                             " (SELECT max(id) FROM ventas_ventareserva WHERE cliente_id = 123)")
        database.close()
        told = next(events)
        self.assertEqual(told["method"], "notifications/resources/updated")
        self.assertEqual(told["params"]["_meta"]["io.modelcontextprotocol/subscriptionId"], "s")
        connection.close()

    def test_stdio_speaks_both_eras_and_ends_with_its_input(self):
        lines = [{"jsonrpc": "2.0", "id": 1, "method": "server/discover", "params": {"_meta": META}},
                 {"jsonrpc": "2.0", "id": 2, "method": "initialize", "params": {"protocolVersion": "2025-11-25", "capabilities": {}}},
                 {"jsonrpc": "2.0", "method": "notifications/initialized"},
                 {"jsonrpc": "2.0", "id": 3, "method": "tools/list"},
                 {"jsonrpc": "2.0", "id": 4, "method": "tools/list", "params": {"_meta": META}}]
        done = subprocess.run([str(AREMKO), "mcp"], input="".join(json.dumps(line) + "\n" for line in lines), text=True,
                              capture_output=True, timeout=60, env=self.spa.environment, cwd=self.spa.folder)
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])
        answers = {message["id"]: message["result"] for message in map(json.loads, done.stdout.splitlines())}
        self.assertEqual(set(answers), {1, 2, 3, 4})
        self.assertEqual(answers[3]["tools"], answers[4]["tools"])

    def test_no_token_and_no_key_is_in_the_log(self):
        text = self.spa.log_text()
        for secret in ("ark_", "eyJ", "Bearer", "0123456789abcdef"):
            self.assertNotIn(secret, text)


if __name__ == "__main__":
    os.chdir("/")
    unittest.main()
