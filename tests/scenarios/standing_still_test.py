#!/usr/bin/env python3
"""What stands still or goes away under a running server: its log's reader, its store, half of a file. It says so, goes on with
what it has, and ends when it is told to."""
import http.client
import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import AREMKO, BASE, Postgres, Spa, make_demo  # noqa: E402

SEARCH = BASE + "/customers/search?query=maria"
GRACE = 20  # seconds; deploy/aremko.service


def eventually(check, seconds=15):
    deadline = time.monotonic() + seconds
    while not check():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.1)
    return True


class StandingStill(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="aremko-")
        self.folder = pathlib.Path(self.temporary.name)
        self.database, self.legacy = make_demo(self.folder, customers=1000)
        self.spa = None

    def tearDown(self):
        if self.spa:
            self.spa.stop(signal.SIGKILL)
        self.temporary.cleanup()

    def serve(self, store_url=None, **settings):
        self.spa = Spa(self.folder, self.database, self.legacy, store_url, AREMKO_REFRESH_SECONDS="0.5", **settings)
        self.spa.run("sync")
        return self.spa.serve()

    def mapping(self):
        return self.spa.get(BASE + "/mappings?limit=1&status=active").json["mappings"][0]["id"]

    def ask(self, tool, arguments):
        """What an assistant's tool answers, as text."""
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": tool, "arguments": arguments}})
        try:
            return self.spa.post("/mcp", headers={"Content-Type": "application/json", "Accept": "application/json"}, body=body).body.decode()
        except (OSError, http.client.HTTPException):
            return ""

    def test_a_store_whose_file_is_cut_short_takes_nothing_more(self):
        spa = self.serve()
        mapping = self.mapping()
        file = self.folder / "store.sqlite3"
        with sqlite3.connect(file) as store:
            store.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        os.truncate(file, file.stat().st_size // 2)
        self.assertTrue(eventually(lambda: spa.get("/api/v1/ready", key=None).status == 503, 5))
        refused = spa.post(BASE + f"/mappings/{mapping}/accept", body="{}", headers={"Content-Type": "application/json"})
        self.assertEqual(refused.status, 503)
        self.assertIn("perdió parte de su archivo", refused.json["detail"])
        self.assertEqual(spa.get(SEARCH).status, 200)
        self.assertEqual(spa.log_text().count("store_file_cut"), 1)

    def test_a_file_that_shrinks_little_by_little_is_not_synced_by_itself(self):
        spa = self.serve()
        file = next(self.legacy.glob("Clientes-*.csv"))
        lines = file.read_bytes().splitlines(keepends=True)
        rows = lambda: spa.get(BASE + "/stats/overview").json["legacy_data"]["total_customers"]  # noqa: E731
        whole = rows()
        file.write_bytes(b"".join(lines[: int(len(lines) * 0.85)]))
        self.assertTrue(eventually(lambda: rows() < whole))
        self.assertEqual(spa.get("/api/v1/ready", key=None).json["status"], "ready")
        file.write_bytes(b"".join(lines[: int(len(lines) * 0.72)]))
        self.assertTrue(eventually(lambda: spa.get("/api/v1/ready", key=None).json["status"] == "degraded"))
        self.assertEqual(spa.post(BASE + "/sync/legacy-to-current").status, 409)
        spa.stop()
        spa.serve()
        self.assertTrue(eventually(lambda: spa.get("/api/v1/ready", key=None).json["status"] == "degraded"), "nor after a restart")
        self.assertEqual(spa.run("sync", check=False).returncode, 6)
        spa.run("sync", "--accept-loss", "true")
        spa.stop()
        spa.serve()
        self.assertTrue(eventually(lambda: spa.get("/api/v1/ready", key=None).json["status"] == "ready"), "a person said so at a shell")

    def test_a_store_whose_file_is_removed_takes_nothing_more(self):
        spa = self.serve()
        mapping = self.mapping()
        aside = self.folder / "aside"
        aside.mkdir()
        for file in self.folder.glob("store.sqlite3*"):
            file.rename(aside / file.name)
        for path in (f"/mappings/{mapping}/accept", f"/mappings/{mapping}/reject"):
            refused = spa.post(BASE + path, body="{}", headers={"Content-Type": "application/json"})
            self.assertEqual(refused.status, 503)
            self.assertIn("borrado o reemplazado", refused.json["detail"])
        self.assertEqual(spa.get(BASE + "/mappings").status, 503)
        self.assertTrue(eventually(lambda: spa.get("/api/v1/ready", key=None).status == 503, 5))
        self.assertEqual(spa.get(SEARCH).status, 200)
        time.sleep(2)
        self.assertEqual(spa.log_text().count("store_file_gone"), 1)
        self.assertEqual([f.name for f in self.folder.glob("store.sqlite3*")], [], "nothing is made in its place")
        for file in aside.iterdir():
            file.rename(self.folder / file.name)
        self.assertTrue(eventually(lambda: spa.get("/api/v1/ready", key=None).status == 200, 5))
        self.assertEqual(spa.post(BASE + f"/mappings/{mapping}/accept", body="{}", headers={"Content-Type": "application/json"}).status, 200)

    def test_a_log_that_nobody_reads_holds_nobody(self):
        spa = self.serve()
        spa.key = spa.make_key()
        spa.stop()
        reader, writer = os.pipe()
        spa.log = open(os.devnull, "w", encoding="utf-8")
        spa.process = subprocess.Popen([str(AREMKO), "serve", "--host", "127.0.0.1", "--port", str(spa.port)], env=spa.environment,
                                       cwd=self.folder, stdout=subprocess.DEVNULL, stderr=writer)
        os.close(writer)
        try:
            def up():
                try:
                    return spa.get("/api/v1/ready", key=None).status == 200
                except OSError:
                    return False
            self.assertTrue(eventually(up))
            for _ in range(4000):
                self.assertEqual(spa.get("/api/v1/health").status, 200)
            # Once somebody reads again, it is said how much is missing.
            os.set_blocking(reader, False)
            text = b""
            def told():
                nonlocal text
                try:
                    text += os.read(reader, 1 << 20)
                except BlockingIOError:
                    pass
                return b"log_lines_dropped" in text
            self.assertTrue(eventually(told))
            for _ in range(1500):
                spa.get("/api/v1/health")
            start = time.monotonic()
            self.assertEqual(spa.stop(), 0)
            self.assertLess(time.monotonic() - start, GRACE)
        finally:
            os.close(reader)

    def test_half_a_file_is_not_synced(self):
        spa = self.serve()
        file = next(self.legacy.glob("Clientes-*.csv"))
        whole = file.read_bytes()
        counts = lambda: spa.get(BASE + "/mappings?limit=1").json["counts"]["active"]  # noqa: E731
        ready = lambda: spa.get("/api/v1/ready", key=None).json["status"]  # noqa: E731
        before = counts()
        total = spa.get(BASE + "/stats/overview").json["legacy_data"]["total_customers"]
        file.write_bytes(whole[: len(whole) // 2])
        self.assertTrue(eventually(lambda: ready() == "degraded"))
        self.assertEqual(spa.get(BASE + "/stats/overview").json["legacy_data"]["total_customers"], total)
        findings = spa.get(BASE + "/data-health").json["findings"]
        self.assertTrue(any(f["source"] == "clientes_legacy" and "filas, y tenía" in (f.get("detail") or "") for f in findings), findings)
        refused = spa.post(BASE + "/sync/legacy-to-current")
        self.assertEqual(refused.status, 409)
        self.assertIn("de", refused.json["detail"])
        file.write_bytes(whole)
        self.assertTrue(eventually(lambda: ready() == "ready"))
        self.assertEqual(spa.post(BASE + "/sync/legacy-to-current").status, 200)
        self.assertEqual(counts(), before)
        # And when it is meant so, a person says it.
        file.write_bytes(whole[: len(whole) // 2])
        self.assertTrue(eventually(lambda: ready() == "degraded"))
        self.assertEqual(spa.post(BASE + "/refresh", accept_loss="true").status, 200)
        self.assertEqual(ready(), "ready")
        self.assertEqual(spa.post(BASE + "/sync/legacy-to-current").status, 200)
        self.assertLess(counts(), before)

    def test_a_store_that_says_nothing_more_neither_holds_search_nor_the_end(self):
        postgres = Postgres()
        try:
            spa = self.serve(postgres.create("store"))
            self.assertEqual(spa.get(SEARCH).status, 200)
            lines = (postgres.folder / "data" / "postmaster.pid").read_text(encoding="utf-8").splitlines()
            children = pathlib.Path(f"/proc/{lines[0]}/task/{lines[0]}/children").read_text(encoding="utf-8").split()
            stopped = [int(pid) for pid in [lines[0], *children]]
            for pid in stopped:
                os.kill(pid, signal.SIGSTOP)
            try:
                self.assertTrue(eventually(lambda: spa.get("/api/v1/ready", key=None).status == 503, 10))
                for _ in range(3):
                    start = time.monotonic()
                    self.assertEqual(spa.get(BASE + "/session", key="ark_AAAAAAAA_" + "B" * 32).status, 503)
                    self.assertEqual(spa.get(SEARCH).status, 200)
                    self.assertLess(time.monotonic() - start, 2)
                asking = [threading.Thread(target=self.ask, args=("review_mappings", {}), daemon=True) for _ in range(8)]
                for each in asking:
                    each.start()
                time.sleep(0.3)
                start = time.monotonic()
                self.assertIn("customer_id", self.ask("search_customers", {"query": "maria"}))
                self.assertIn("segments", self.ask("list_segments", {}))
                self.assertLess(time.monotonic() - start, 2, "of the same key")
                spa.process.send_signal(signal.SIGHUP)
                time.sleep(0.5)
                start = time.monotonic()
                spa.stop()
                self.assertLess(time.monotonic() - start, GRACE - 3)
            finally:
                for pid in stopped:
                    os.kill(pid, signal.SIGCONT)
        finally:
            postgres.close()


if __name__ == "__main__":
    unittest.main()
