#!/usr/bin/env python3
"""The process and what is around it: signals, settings that tell secrets, a backup while it serves."""
import os
import pathlib
import signal
import sqlite3
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import Spa, make_demo  # noqa: E402

API = "/api/v1/aremko"


class Process(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="aremko-")
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name)
        self.spa = Spa(self.path, *make_demo(self.path, customers=1000))
        self.addCleanup(self.spa.stop, signal.SIGKILL)
        self.spa.run("migrate")

    def test_signals(self):
        self.spa.key = self.spa.make_key()
        self.spa.serve()
        for each in (signal.SIGHUP, signal.SIGUSR1, signal.SIGUSR2, signal.SIGHUP):
            self.spa.process.send_signal(each)
            time.sleep(0.2)
            self.assertEqual(self.spa.get(f"{API}/stats/overview").status, 200, each)
        self.assertEqual(self.spa.log_text().count("event=reload"), 2)
        self.assertEqual(self.spa.stop(signal.SIGQUIT), 0, "in order, as by SIGTERM")

    def test_a_new_key_is_known_at_once_after_a_hangup(self):
        self.spa.serve()
        key = self.spa.make_key("read")
        self.spa.process.send_signal(signal.SIGHUP)
        time.sleep(0.3)
        self.assertEqual(self.spa.get(f"{API}/stats/overview", key=key).status, 200)

    def test_secrets_that_are_none_are_told(self):
        env = self.path / ".env"
        env.write_text("SECRET_KEY=short\n")
        for mode, told in ((0o644, True), (0o620, True), (0o600, False), (0o640, False)):
            os.chmod(env, mode)
            warned = self.spa.run("sources").stderr
            self.assertEqual("setting=.env" in warned, told, oct(mode))
            self.assertIn("setting=SECRET_KEY", warned)
            self.assertNotIn("short", warned.replace("Shorter", ""))
        env.write_text("SECRET_KEY=your-secret-key-here\n")
        self.assertIn("example file", self.spa.run("sources").stderr)
        env.write_text("SECRET_KEY=" + "k" * 32 + "\n")
        self.assertNotIn("unsafe_setting", self.spa.run("sources").stderr)

    def test_no_core_is_left(self):
        self.spa.serve()
        limits = pathlib.Path(f"/proc/{self.spa.process.pid}/limits").read_text()
        self.assertRegex(limits, r"Max core file size\s+0\s+0")

    def test_a_backup_while_people_decide_is_whole(self):
        self.spa.run("sync")
        self.spa.key = self.spa.make_key()
        self.spa.serve()
        waiting = self.spa.get(f"{API}/mappings", status="active", limit="50").json["mappings"]
        self.assertGreater(len(waiting), 20)
        decided, stop = [], threading.Event()

        def decide():
            for one in waiting:
                if stop.is_set():
                    return
                self.assertEqual(self.spa.post(f"{API}/mappings/{one['id']}/accept", body="{}", headers={"Content-Type": "application/json"}).status, 200)
                decided.append(one["id"])

        thread = threading.Thread(target=decide)
        thread.start()
        while len(decided) < 10:
            time.sleep(0.01)
        before = list(decided)
        copy = self.path / "copy.sqlite3"
        self.spa.run("backup", copy)
        stop.set()
        thread.join()
        self.assertEqual(copy.stat().st_mode & 0o777, 0o600)
        with sqlite3.connect(copy) as db:
            self.assertEqual(db.execute("PRAGMA integrity_check").fetchone()[0], "ok")
            accepted = {row[0] for row in db.execute("SELECT id FROM aremko_mapping WHERE status = 'accepted'")}
        self.assertLessEqual(set(before), accepted, "what was answered before the copy began")
        again = self.spa.run("backup", copy, check=False)
        self.assertEqual(again.returncode, 6)
        self.assertIn("ya existe", again.stderr)
        nowhere = self.spa.run("backup", self.path / "no" / "such" / "place", check=False)
        self.assertEqual(nowhere.returncode, 4)


if __name__ == "__main__":
    unittest.main()
