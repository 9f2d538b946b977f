#!/usr/bin/env python3
"""`aremko match` on two real files: who is found, how sure, and what it says of files it cannot use."""
import contextlib
import csv
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import AREMKO, make_demo  # noqa: E402

CURRENT = "id,nombre,email,telefono,documento_identidad,pais,ciudad"


class Match(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="aremko-")
        cls.path = pathlib.Path(cls.folder.name)
        _, legacy = make_demo(cls.path, customers=2000)
        cls.left = next(legacy.glob("Clientes-*.csv"))
        cls.right = cls.path / "current.csv"
        with contextlib.closing(sqlite3.connect(cls.path / "aremko.sqlite3")) as db, cls.right.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(CURRENT.split(","))
            writer.writerows(db.execute(f"SELECT {CURRENT} FROM ventas_cliente"))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def match(self, *arguments):
        out = self.path / "links.csv"
        out.unlink(missing_ok=True)
        done = subprocess.run([str(AREMKO), "match", *map(str, arguments), "--out", str(out)], capture_output=True, text=True,
                              cwd=self.path, timeout=120)
        return done, self.rows(out) if out.exists() else None

    @staticmethod
    def rows(path):
        with path.open(newline="") as file:
            return list(csv.DictReader(file))

    def test_the_legacy_files_people_are_found_again(self):
        done, links = self.match(self.left, self.right)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(list(links[0]), ["left_id", "right_id", "confidence", "reasons"])
        truth = {}
        for row in self.rows(self.path / "truth.csv"):
            truth.setdefault(row["legacy_id"], set()).add(row["current_id"])
        sure = [link for link in links if float(link["confidence"]) >= 85]
        right = sum(link["right_id"] in truth.get(link["left_id"], ()) for link in sure)
        self.assertGreaterEqual(right / len(sure), 0.98)
        self.assertGreaterEqual(right / len(truth), 0.75)
        self.assertTrue(any(link["left_id"] == "1657" and link["right_id"] == "123" for link in sure))
        again, same = self.match(self.left, self.right)
        self.assertEqual(links, same, "the same seed gives the same links")

    def test_files_it_cannot_use_are_named(self):
        for right in (self.path / "nothing.csv", self.path):
            done, links = self.match(self.left, right)
            self.assertNotEqual(done.returncode, 0)
            self.assertTrue(done.stderr.strip())
            self.assertIsNone(links)


if __name__ == "__main__":
    unittest.main()
