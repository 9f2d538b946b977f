"""`tools/call` of a profile over MCP, against a minimal server on the official TypeScript SDK that answers the same bytes."""
import http.client
import json
import pathlib
import statistics
import subprocess
import sys
import unittest

from report import Row
from small import CUSTOMERS, cpu_seconds
from spa import KEPT, ROOT, STORY_DAY, Server, demo, free_port

sys.path.insert(0, str(ROOT / "tests" / "scenarios"))
from node22 import node_with  # noqa: E402

SDK = "@modelcontextprotocol/sdk@1.32.2"
MODERN, LEGACY = "2026-07-28", "2025-11-25"
ARGUMENTS = {"customer_id": 123, "as_of": STORY_DAY}
ACCEPT = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}


def post(port: int, headers: dict, body: dict):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("POST", "/mcp", json.dumps(body), {**ACCEPT, **headers})
    answer = connection.getresponse()
    return answer, json.loads(answer.read() or b"null")


def wrk(port: int, headers: dict, body: dict, seconds: int, pids) -> tuple[float, float]:
    """(requests a second, microseconds of CPU a request) of 10 kept connections."""
    script = KEPT / "mcp.lua"
    lines = ["wrk.method = 'POST'", f"wrk.body = {json.dumps(json.dumps(body))}"]
    lines += [f"wrk.headers[{json.dumps(name)}] = {json.dumps(value)}" for name, value in {**ACCEPT, **headers}.items()]
    script.write_text("\n".join(lines))
    before = cpu_seconds(pids)
    out = subprocess.run(["wrk", "-t1", "-c10", f"-d{seconds}s", "-s", script, f"http://127.0.0.1:{port}/mcp"], check=True,
                         capture_output=True, text=True).stdout
    spent = cpu_seconds(pids) - before
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit("wrk met errors:\n" + out)
    requests = int(out.split(" requests in ")[0].split()[-1])
    return float(out.split("Requests/sec:")[1].split()[0]), spent / requests * 1e6


class Minimal:
    def __init__(self, node: pathlib.Path, modules: pathlib.Path, answer: pathlib.Path, kind: str):
        self.port = free_port()
        self.process = subprocess.Popen([node, pathlib.Path(__file__).with_name("mcp_server.mjs"), modules, answer, str(self.port), kind],
                                        stdout=subprocess.PIPE, text=True)
        assert self.process.stdout.readline().strip() == "ready"
        hello = {"jsonrpc": "2.0", "id": 0, "method": "initialize",
                 "params": {"protocolVersion": LEGACY, "capabilities": {}, "clientInfo": {"name": "bench", "version": "1"}}}
        answer, _ = post(self.port, {}, hello)
        self.headers = {"MCP-Protocol-Version": LEGACY}
        if session := answer.headers.get("Mcp-Session-Id"):
            self.headers["Mcp-Session-Id"] = session
        post(self.port, self.headers, {"jsonrpc": "2.0", "method": "notifications/initialized"})

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.process.stdout.close()


def measure(rounds: int = 5, seconds: int = 5) -> list[Row]:
    try:
        node, modules = node_with("mcp-bench", SDK)
    except unittest.SkipTest as why:
        print(f"no figure for MCP: {why}", file=sys.stderr)
        return []
    url, folder = demo("demo", CUSTOMERS)
    server = Server("mcp", url, folder / "legacy")
    server.sync()
    server.start()
    call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "get_customer", "arguments": ARGUMENTS}}
    modern = {**call, "params": {**call["params"], "_meta": {"io.modelcontextprotocol/protocolVersion": MODERN,
                                                               "io.modelcontextprotocol/clientCapabilities": {}}}}
    headers = {"MCP-Protocol-Version": MODERN, "Mcp-Method": "tools/call", "Mcp-Name": "get_customer", **server.headers}
    servers = []
    try:
        _, body = post(server.port, headers, modern)
        answer = KEPT / "mcp-answer.json"
        answer.write_text(json.dumps(body["result"]))
        servers = [Minimal(node, modules, answer, kind) for kind in ("stateless", "session")]
        for one in servers:  # the same text and object, or the comparison is none
            _, theirs = post(one.port, one.headers, call)
            assert theirs["result"]["structuredContent"] == body["result"]["structuredContent"], theirs
        ours, theirs = [], {one: [] for one in servers}
        pids = lambda one: [one.process.pid]
        wrk(server.port, headers, modern, 1, pids(server))
        for one in servers:
            wrk(one.port, one.headers, call, 2, pids(one))  # the engine warms up
        for _ in range(rounds):
            ours.append(wrk(server.port, headers, modern, seconds, pids(server)))
            for one in servers:
                theirs[one].append(wrk(one.port, one.headers, call, seconds, pids(one)))
    finally:
        for one in servers:
            one.stop()
        server.stop()
    rate, cpu = (statistics.median(run[i] for run in ours) for i in (0, 1))
    stateless, session = ([statistics.median(run[i] for run in runs) for i in (0, 1)] for runs in theirs.values())
    size = len(json.dumps(body, ensure_ascii=False).encode())
    return [Row("`tools/call` of a profile against a stateless server on the TypeScript SDK 1.x", rate / stateless[0], "≥ 20", rate / stateless[0] >= 20,
                f"{rate:,.0f} and {stateless[0]:,.0f} requests/s, 10 connections, {size:,} bytes, medians of {rounds}", "×"),
            Row("  against one that keeps a session", rate / session[0], None, None, f"{session[0]:,.0f} requests/s", "×"),
            Row("  processor time a request", cpu, None, None, f"the SDK's {stateless[1]:,.0f} µs stateless, {session[1]:,.0f} µs with a session", "µs")]
