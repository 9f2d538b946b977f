#!/usr/bin/env python3
"""The Model Context Protocol's own conformance suite, in both eras, against the product's protocol with its fixtures."""
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import AREMKO  # noqa: E402
from node22 import node_with  # noqa: E402

SUITE = "@modelcontextprotocol/conformance@0.2.0-alpha.12"
REQUIRED = {"2025-11-25": 30, "2026-07-28": 37}
# Not required by the suite, but run with the others, and passed.
BESIDE = {"2025-11-25": {"server-session-lifecycle", "json-schema-2020-12", "server-sse-polling"},
          "2026-07-28": {"json-schema-2020-12", "http-header-validation", "http-custom-header-server-validation"}}
# An extension that this server does not have.
ABSENT = "tasks-"


def required(modules: pathlib.Path, revision: str) -> set[str]:
    text = (modules / "@modelcontextprotocol/conformance/requirements" / f"{revision}.yaml").read_text()
    server = text.split("\nserver:\n")[1].split("\nclient:\n")[0]
    return {line.strip()[2:] for line in server.splitlines() if line.strip().startswith("- ")}


class Conformance(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.node, cls.modules = node_with("mcp-conformance", SUITE)
        cls.server = subprocess.Popen([AREMKO.parent / "aremko-conformance", "--port", "0"], stdout=subprocess.PIPE, text=True)
        cls.url = cls.server.stdout.readline().strip()

    @classmethod
    def tearDownClass(cls):
        cls.server.terminate()
        cls.server.wait(20)
        cls.server.stdout.close()

    def run_suite(self, revision: str) -> dict[str, list[dict]]:
        """Every scenario's checks."""
        with tempfile.TemporaryDirectory(prefix="aremko-") as folder:
            subprocess.run([self.node, self.modules / "@modelcontextprotocol/conformance/dist/index.js", "server", "--url", self.url,
                            "--requirements", revision, "-o", folder], capture_output=True, text=True, timeout=400)
            found = {}
            for checks in pathlib.Path(folder).glob("*/checks.json"):
                name = checks.parent.name.removeprefix("server-")[:-len("-2026-01-01T00-00-00-000Z")]
                found[name] = json.loads(checks.read_text())
            return found

    def try_revision(self, revision: str):
        found = self.run_suite(revision)
        wanted = required(self.modules, revision)
        self.assertEqual(len(wanted), REQUIRED[revision])
        self.assertLessEqual(wanted | BESIDE[revision], set(found))
        for name, checks in found.items():
            if name.startswith(ABSENT):
                continue
            wrong = [(c["id"], c.get("errorMessage")) for c in checks if c["status"] in ("FAILURE", "WARNING")]
            self.assertEqual(wrong, [], name)
            self.assertTrue(any(c["status"] == "SUCCESS" for c in checks), name)

    def test_the_initialize_based_era(self):
        self.try_revision("2025-11-25")

    def test_the_stateless_era(self):
        self.try_revision("2026-07-28")


if __name__ == "__main__":
    unittest.main()
