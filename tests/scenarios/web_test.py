#!/usr/bin/env python3
"""The dashboard in a real Chromium, against the real program on SQLite and on PostgreSQL. Skips, saying so, where
Node, the dashboard's packages, its build or Chromium are not to be had. ONLY=desk runs tests/web/desk_test.mjs alone, on SQLite."""
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import ROOT, Postgres, Spa, make_demo  # noqa: E402

CHROMIUM = os.environ.get("CHROMIUM") or "/usr/bin/chromium-headless-shell"
WEB = ROOT / "web"


def missing() -> str | None:
    if not pathlib.Path(CHROMIUM).exists():
        return "no Chromium here (packages.txt names it)"
    if not (WEB / "dist" / "index.html").is_file():
        return "the dashboard is not built (scripts/web)"
    if not (WEB / "node_modules" / "playwright-core").is_dir():
        return "the dashboard's packages are not here (scripts/web)"
    if subprocess.run([str(ROOT / "scripts" / "node"), "true"], capture_output=True).returncode != 0:
        return "no Node 20.19 or newer here"
    return None


@unittest.skipIf(missing(), f"skipped: {missing()}")
class Dashboard(unittest.TestCase):
    def look(self, database_url, legacy, looks, files="*"):
        other = next(legacy.glob("Clientes-*.csv"))
        spa = Spa(self.folder, database_url, legacy, AREMKO_WEB_PATH=str(WEB / "dist"), AREMKO_LEGACY_DATA_PATH_LAGUNA=str(other),
                  AREMKO_BOOKING_URL="https://agenda.example.cl/nueva")
        spa.run("migrate")
        spa.run("sync")
        spa.key = spa.make_key("admin")
        read_key, other_key = spa.make_key("read"), spa.make_key("read", "laguna")
        spa.serve()
        try:
            done = subprocess.run(
                [str(ROOT / "scripts" / "node"), "node", "--test", "--test-reporter=spec", "--test-concurrency=1",
                 *map(str, sorted((ROOT / "tests" / "web").glob(f"{files}_test.mjs")))],
                env={**os.environ, "BASE": f"http://127.0.0.1:{spa.port}", "KEY": spa.key, "READ_KEY": read_key, "OTHER_KEY": other_key,
                     "DATABASE_FILE": database_url.removeprefix("sqlite:///") if database_url.startswith("sqlite:") else "",
                     "LOOKS": looks, "CHROMIUM": CHROMIUM}, capture_output=True, text=True, timeout=1700)
        finally:
            spa.stop()
        self.assertEqual(done.returncode, 0, done.stdout[-12000:] + done.stderr[-2000:])
        print(f"{done.stdout.count('✔')} of the dashboard's tests passed")

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="aremko-web-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def test_on_sqlite(self):
        self.look(*make_demo(self.folder), "all", os.environ.get("ONLY", "*"))

    def test_on_postgresql(self):
        postgres = Postgres()
        self.addCleanup(postgres.close)
        url = postgres.create("spa")
        self.look(*make_demo(self.folder, database_url=url), "one", "dashboard")  # what the database is shows in its pages, if anywhere


if __name__ == "__main__":
    sys.exit(unittest.main())
