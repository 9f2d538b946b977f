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
    rows = re.findall(r"^\| (\d+) \| ((?:`\w+` ?)+)\|", (ROOT / "ARCHITECTURE.md").read_text(), re.M)
    return {room: int(rank) for rank, rooms in rows for room in re.findall(r"`(\w+)`", rooms)}


def sources():
    return sorted(p for p in SRC.rglob("*") if p.suffix in (".h", ".cpp"))


def pages():
    """What people read: the pages of the root, of docs/ and beside the code."""
    return sorted(p for pattern in ("*.md", "docs/**/*.md", "bench/*.md", ".github/*.md") for p in ROOT.glob(pattern))


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

    def test_links_lead_to_files(self):
        broken = []
        for page in pages():
            prose = re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.M | re.S)
            for link in re.findall(r"\]\(([^)\s]+)\)", prose):
                if re.match(r"\w+:|#", link):
                    continue
                if not (page.parent / link.split("#")[0]).exists():
                    broken.append(f"{page.relative_to(ROOT)}: {link}")
        self.assertEqual(broken, [])

    def test_every_decision_is_listed(self):
        folder = ROOT / "docs" / "adr"
        pages = sorted(path.name for path in folder.glob("[0-9]*.md"))
        self.assertEqual(re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text()), pages)
        self.assertEqual([int(name[:4]) for name in pages], list(range(1, len(pages) + 1)))
        linked = set(re.findall(r"docs/adr/(\d{4}-[\w-]+\.md)", (ROOT / "ARCHITECTURE.md").read_text()))
        self.assertEqual(linked, set(pages))
        for name in pages:
            headings = re.findall(r"^## (.+)$", (folder / name).read_text(), re.M)
            self.assertEqual(headings, ["Context", "Decision", "Consequences", "Status"], name)


if __name__ == "__main__":
    sys.exit(unittest.main())
