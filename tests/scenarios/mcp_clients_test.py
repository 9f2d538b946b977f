#!/usr/bin/env python3
"""Assistants' own clients against the real server: the Inspector calls every tool over HTTP and stdio, in each era by turns, the
official TypeScript clients live through the guide's three use cases, and the cards are shown as a host shows them."""
import concurrent.futures
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import AREMKO, Spa, make_demo  # noqa: E402
from node22 import node_with  # noqa: E402

HERE = pathlib.Path(__file__).resolve().parent / "mcp"
PACKAGES = ["@modelcontextprotocol/inspector@2.12.0", "@modelcontextprotocol/sdk@1.32.2", "@modelcontextprotocol/client@2.4.0",
            "playwright-core@1.65.1"]
AS_OF = "2024-03-14"  # the day of the guide's story
ERAS = ("legacy", "auto", "modern")
CALLS = {
    "search_customers": ["query=maria gonzalez"], "get_customer": ["customer_id=123", f"as_of={AS_OF}"], "list_visits": ["customer_id=123"],
    "list_segments": [], "list_segment_customers": ["segment=VIP"], "list_inactive_customers": ["months=12"], "list_services": [], "get_today": [f"date={AS_OF}"],
    "get_business": ["question=best_guests", f"as_of={AS_OF}"],
    "draft_proposal": ["customer_id=123"], "get_data_health": [], "review_mappings": ["status=active"], "sync_legacy": [],
    "decide_mapping": [],  # another mapping each time
}


class McpClients(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.node, cls.modules = node_with("mcp-clients", *PACKAGES)
        cls.folder = tempfile.TemporaryDirectory(prefix="aremko-")
        cls.path = pathlib.Path(cls.folder.name)
        database, legacy = make_demo(cls.path, customers=600)
        cls.spa = Spa(cls.path, database, legacy)
        # Clients start a program over stdio with hardly any environment: its settings stand beside it.
        settings = [f"{k}={v}" for k, v in cls.spa.environment.items() if k.startswith(("AREMKO_", "DATABASE_URL"))]
        (cls.path / ".env").write_text("\n".join(settings) + "\n")
        cls.spa.run("sync")
        cls.spa.serve()
        cls.key, cls.reader = cls.spa.make_key("admin"), cls.spa.make_key("read")
        cls.url = f"http://127.0.0.1:{cls.spa.port}/mcp"
        links = cls.spa.get("/api/v1/aremko/mappings", key=cls.key, status="active", limit=20).json["mappings"]
        cls.undecided = iter([link["id"] for link in links])  # a pair is decided once
        cls.calls = CALLS

    @classmethod
    def tearDownClass(cls):
        cls.spa.stop()
        cls.folder.cleanup()

    def inspect(self, transport: str, era: str, *arguments: str) -> subprocess.CompletedProcess:
        if transport == "http":
            target = [self.url, "--transport", "http", "--header", f"Authorization: Bearer {self.key}"]
        else:
            target = [str(AREMKO), "mcp"]
        launcher = self.modules / "@modelcontextprotocol/inspector/clients/launcher/build/index.js"
        home = self.path / "home"
        home.mkdir(exist_ok=True)
        return subprocess.run([self.node, launcher, "--cli", *target, "--protocol-era", era, "--format", "json", "-q", *arguments],
                              capture_output=True, text=True, timeout=120, cwd=self.path, env={**self.spa.environment, "HOME": str(home)})

    def one(self, transport: str, era: str, tool: str) -> str | None:
        """What is wrong with a call, if anything."""
        given = self.calls[tool] if tool != "decide_mapping" else [f"mapping_id={next(self.undecided)}", "decision=accept"]
        arguments = [part for pair in given for part in ("--tool-arg", pair)]
        done = self.inspect(transport, era, "--method", "tools/call", "--tool-name", tool, *arguments)
        where = f"{transport} {era} {tool}: "
        if done.returncode != 0:
            return where + (done.stdout + done.stderr)[-700:]
        answer = json.loads(done.stdout)
        answer = answer.get("result", answer)
        if answer.get("isError"):
            return where + answer["content"][0]["text"]
        if not answer["content"][0]["text"].strip() or not isinstance(answer.get("structuredContent"), dict):
            return where + "half an answer"
        return None

    def try_inspector(self, transport: str):
        for era in ERAS:
            listed = self.inspect(transport, era, "--method", "tools/list", "--strict")
            self.assertEqual(listed.returncode, 0, f"{transport} {era}: {listed.stderr[-2000:]}")
            answer = json.loads(listed.stdout)
            names = [tool["name"] for tool in answer.get("result", answer)["tools"]]
            self.assertEqual(sorted(names), sorted(self.calls), f"{transport} {era}")
            self.assertNotRegex(listed.stderr.lower(), "warning|error|portab", f"{transport} {era}")
        # Each tool by each transport, the eras taking turns: what an era changes is the same for all of them.
        turn = 0 if transport == "http" else 1
        tries = [(transport, ERAS[(i + turn) % len(ERAS)], tool) for i, tool in enumerate(self.calls)]
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            wrong = [fault for fault in pool.map(lambda what: self.one(*what), tries) if fault]
        self.assertEqual(wrong, [])

    def test_the_inspector_over_http(self):
        self.try_inspector("http")

    def test_the_inspector_over_stdio(self):
        self.try_inspector("stdio")

    def test_the_inspector_finds_the_cards(self):
        for tool, uri in (("get_customer", "ui://aremko/guest-card"), ("list_segments", "ui://aremko/segments")):
            done = self.inspect("http", "legacy", "--method", "tools/call", "--tool-name", tool, "--app-info", "--advertise-apps")
            self.assertEqual(done.returncode, 0, done.stderr[-500:])
            self.assertIn(uri, done.stdout)

    def use_cases(self, sdk: int, era: str) -> dict:
        job = self.path / f"job-{sdk}-{era}.json"
        job.write_text(json.dumps({"modules": str(self.modules), "sdk": sdk, "era": era, "url": self.url, "key": self.key, "asOf": AS_OF}))
        done = subprocess.run([self.node, HERE / "use_cases.mjs", job], capture_output=True, text=True, timeout=120)
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])
        return json.loads(done.stdout)

    def live_through(self, sdk: int, era: str):
        out = self.use_cases(sdk, era)
        self.assertIn("María González (123)", out["completed"])
        self.assertEqual(out["prompt"], ["resource", "text"])
        self.assertEqual(out["found"], 123)
        self.assertEqual((out["card"]["segment"], out["card"]["visits"], out["card"]["spent"]), ("At Risk", 17, 680000))
        for words in ("María González", "At Risk", "$680.000", "hace 4 años"):
            self.assertIn(words, out["card"]["text"])
        # The model's first price was invented: it was told, and wrote again.
        self.assertEqual((out["asked"], out["told"]), (2, True))
        self.assertEqual((out["proposal"]["author"], out["proposal"]["accepted"]), ("client_model", True))
        self.assertNotIn("1.234", out["proposal"]["message"])
        self.assertEqual(out["inactive"], sorted(out["inactive"], reverse=True))
        self.assertEqual((len(out["inactive"]), out["apart"]), (5, True))
        self.assertEqual(len(out["segments"]), 9)
        self.assertGreater(out["members"], 0)
        self.assertEqual(out["templates"], ["aremko://customers/{id}", "aremko://segments/{segment}"])
        self.assertEqual(out["resource"], "At Risk")
        self.assertEqual(out["ui"]["mime"], "text/html;profile=mcp-app")
        self.assertTrue(out["wrong"]["isError"])
        self.assertIn("customer_id", out["wrong"]["text"])
        self.assertEqual(out["sources"], 3)
        return out

    def test_the_old_client_lives_through_the_use_cases(self):
        self.live_through(1, "legacy")

    def test_the_new_client_lives_through_the_use_cases(self):
        for era in ERAS:
            with self.subTest(era=era):
                out = self.live_through(2, era)
                self.assertEqual(out["version"], "legacy" if era == "legacy" else "modern")

    def rpc(self, key: str, method: str, params: dict):
        """One request of the stateless era."""
        meta = {"io.modelcontextprotocol/protocolVersion": "2026-07-28", "io.modelcontextprotocol/clientCapabilities": {}}
        headers = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2026-07-28",
                   "Mcp-Method": method, "Authorization": f"Bearer {key}"}
        if "name" in params or "uri" in params:
            headers["Mcp-Name"] = params.get("name") or params["uri"]
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": {**params, "_meta": meta}})
        return self.spa.post("/mcp", key=None, headers=headers, body=body)

    def test_a_reading_key_neither_sees_nor_uses_what_writes(self):
        seen = {tool["name"] for tool in self.rpc(self.reader, "tools/list", {}).json["result"]["tools"]}
        self.assertEqual(seen, set(self.calls) - {"decide_mapping", "sync_legacy"})
        refused = self.rpc(self.reader, "tools/call", {"name": "sync_legacy", "arguments": {}})
        self.assertEqual(refused.status, 403)
        self.assertIn("insufficient_scope", refused.headers.get("WWW-Authenticate", ""))
        contact = self.rpc(self.reader, "tools/call", {"name": "get_customer", "arguments": {"customer_id": 123, "include_contact": True}})
        self.assertTrue(contact.json["result"]["isError"])

    def card_jobs(self):
        jobs = []
        for name, uri, tool, arguments, words in (
                ("guest", "ui://aremko/guest-card", "get_customer", {"customer_id": 123, "as_of": AS_OF}, ["María González", "At Risk", "$680.000"]),
                ("segments", "ui://aremko/segments", "list_segments", {"as_of": AS_OF}, ["VIP", "Hibernating"])):
            page = self.read(uri)
            result = self.rpc(self.key, "tools/call", {"name": tool, "arguments": arguments}).json["result"]
            for theme, locale, width, said in (("light", "es-CL", 860, ["Segment"] if name == "segments" else ["Prefiere", "Qué ofrecerle", "Últimas visitas"]),
                                               ("dark", "en-US", 860, ["Customers"] if name == "segments" else ["Prefers", "What to offer", "Latest visits"]),
                                               ("light", "es-CL", 380, [])):
                jobs.append({"name": f"{name}-{theme}-{width}", "html": page, "result": result, "theme": theme, "locale": locale, "width": width,
                             "expect": words + said})
        jobs.append({**jobs[0], "name": "guest-error", "result": {"isError": True, "content": [{"type": "text", "text": "no"}]}, "expect": ["Sin datos"]})
        return jobs

    def read(self, uri: str) -> str:
        return self.rpc(self.key, "resources/read", {"uri": uri}).json["result"]["contents"][0]["text"]

    @unittest.skipUnless(pathlib.Path("/usr/bin/chromium-headless-shell").exists(), "there is no /usr/bin/chromium-headless-shell to show the cards in")
    def test_the_cards_in_a_browser(self):
        shots = pathlib.Path(os.environ.get("AREMKO_SHOTS", self.path / "shots"))
        shots.mkdir(exist_ok=True, parents=True)
        job = self.path / "cards.json"
        job.write_text(json.dumps({"playwright": str(self.modules / "playwright-core"), "chromium": "/usr/bin/chromium-headless-shell",
                                   "host": str(HERE / "card_host.html"), "out": str(shots), "cards": self.card_jobs()}))
        done = subprocess.run([self.node, HERE / "cards.mjs", job], capture_output=True, text=True, timeout=240)
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])
        for line in done.stdout.splitlines():
            shown = json.loads(line)
            self.assertEqual((shown["errors"], shown["requests"], shown["missing"], shown["wide"]), ([], [], [], False), shown["name"])
            self.assertEqual(shown["hello"]["protocolVersion"], "2026-01-26")
            self.assertGreater(shown["height"], 60, shown["name"])
            self.assertTrue((shots / f"{shown['name']}.png").stat().st_size > 5_000, shown["name"])


if __name__ == "__main__":
    unittest.main()
