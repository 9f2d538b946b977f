#!/usr/bin/env python3
"""The rules of the house that a machine can check: floors, sizes, and what may not be in the tree."""
import pathlib
import re
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
SRC = ROOT / "src"
MAX_FILE_LINES = 400
# Files longer than the rule, each with its reason.
LONG_FILES: dict[str, str] = {}


def ranks() -> dict[str, int]:
    rows = re.findall(r"^\| (\d) \| ((?:`\w+` ?)+)\|", (ROOT / "ARCHITECTURE.md").read_text(), re.M)
    return {room: int(rank) for rank, rooms in rows for room in re.findall(r"`(\w+)`", rooms)}


def sources():
    return sorted(p for p in SRC.rglob("*") if p.suffix in (".h", ".cpp"))


class House(unittest.TestCase):
    def test_the_rooms_are_the_folders(self):
        self.assertTrue(ranks())
        self.assertEqual(sorted(ranks()), sorted(p.name for p in SRC.iterdir() if p.is_dir()))

    def test_a_file_includes_only_lower_floors(self):
        rank = ranks()
        wrong = []
        for path in sources():
            room = path.relative_to(SRC).parts[0]
            for included in re.findall(r'^#include "(\w+)/', path.read_text(), re.M):
                if included != room and included in rank and rank[included] >= rank[room]:
                    wrong.append(f"{path.relative_to(ROOT)} ({room}, {rank[room]}) includes {included} ({rank[included]})")
        self.assertEqual(wrong, [])

    def test_no_file_is_too_long(self):
        long = []
        for path in sources():
            name = str(path.relative_to(ROOT))
            lines = path.read_text().count("\n")
            if lines > MAX_FILE_LINES and not name.endswith("_test.cpp") and name not in LONG_FILES:
                long.append(f"{name}: {lines}")
        self.assertEqual(long, [])

    def test_the_exceptions_still_need_to_be_exceptions(self):
        for name in LONG_FILES:
            self.assertGreater((ROOT / name).read_text().count("\n"), MAX_FILE_LINES, name)

    def test_every_package_is_listed_once(self):
        lines = [l for l in (ROOT / "packages.txt").read_text().splitlines() if l and not l.startswith("#")]
        self.assertEqual(len(lines), len(set(lines)))


if __name__ == "__main__":
    sys.exit(unittest.main())
