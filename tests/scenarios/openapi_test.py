#!/usr/bin/env python3
"""The OpenAPI document is valid for the linter people use, in both languages, and says what the server does."""
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import Spa, make_demo  # noqa: E402

LINTER = "@redocly/cli@2.77.0"
# The contract itself has /mappings/customer/{id} beside /mappings/{id}/explanation; the router tells them apart.
RULES = "extends: [recommended]\nrules:\n  no-ambiguous-paths: off\n"


def node_major() -> int:
    if not shutil.which("npx"):
        return 0
    return int(subprocess.run(["node", "--version"], capture_output=True, text=True).stdout.lstrip("v").split(".")[0])


class OpenApi(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="aremko-")
        cls.path = pathlib.Path(cls.folder.name)
        database, legacy = make_demo(cls.path, customers=600)
        cls.spa = Spa(cls.path, database, legacy).serve()

    @classmethod
    def tearDownClass(cls):
        cls.spa.stop()
        cls.folder.cleanup()

    @unittest.skipIf(node_major() < 20, "the linter needs Node 20 or newer, which Debian 12 does not have")
    def test_the_linter_finds_nothing(self):
        for language in ("es", "en"):
            document = self.path / f"openapi-{language}.json"
            document.write_bytes(self.spa.get("/openapi.json", key=None, lang=language).body)
            (self.path / "redocly.yaml").write_text(RULES)
            done = subprocess.run(["npx", "--yes", LINTER, "lint", "--format=json", str(document)], cwd=self.path,
                                  capture_output=True, text=True, timeout=300)
            report = re.search(r"\{.*\}", done.stdout, re.S)
            if report is None:
                self.skipTest("the linter could not be had from the npm registry: " + done.stderr[-300:])
            totals = json.loads(report.group())["totals"]
            self.assertEqual((totals["errors"], totals["warnings"]), (0, 0), done.stdout[-3000:])

    def test_every_path_answers_as_it_says(self):
        document = self.spa.get("/openapi.json", key=None).json
        self.assertTrue(document["openapi"].startswith("3.1"))
        self.assertEqual(document["info"]["license"], {"name": "Apache License 2.0", "identifier": "Apache-2.0"})
        self.spa.post("/api/v1/aremko/sync/legacy-to-current")
        mapping = self.spa.get("/api/v1/aremko/mappings/customer/123").json["mapping"]["id"]
        begun = self.spa.post("/api/v1/aremko/sync/legacy-to-current", headers={"Prefer": "respond-async"})
        job = begun.json["id"]
        promised = document["paths"]["/api/v1/aremko/sync/legacy-to-current"]["post"]["responses"]["202"]
        self.assertEqual(begun.status, 202)
        for name in promised["headers"]:
            self.assertIn(name, begun.headers)
        other = next(one["id"] for one in self.spa.get("/api/v1/aremko/customers", limit=2).json["customers"] if one["id"] != 123)
        examples = {"customer_id": "123", "other_id": str(other), "legacy_id": "1657", "segment": "VIP", "mapping_id": mapping, "job_id": job}
        for path, item in document["paths"].items():
            if "get" not in item:
                continue
            parameters = [document["components"]["parameters"][p["$ref"].split("/")[-1]] if "$ref" in p else p
                          for p in item["get"].get("parameters", [])]
            query = {p["name"]: p.get("example", "maria") for p in parameters if p["in"] == "query" and p.get("required")}
            answer = self.spa.get(re.sub(r"\{(\w+)\}", lambda m: examples[m[1]], path), **query)
            self.assertIn(str(answer.status), item["get"]["responses"], path)
            self.assertEqual(answer.status, 200, path)
            schema = item["get"]["responses"]["200"]["content"]["application/json"]["schema"]
            name = schema["$ref"].split("/")[-1]
            required = set(document["components"]["schemas"][name].get("required", []))
            self.assertLessEqual(required, set(answer.json), path)


if __name__ == "__main__":
    unittest.main()
