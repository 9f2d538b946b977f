#!/usr/bin/env python3
"""docs/definitions.md is what the program says of its figures. `definitions_test.py --write` writes it anew."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import ROOT, Spa  # noqa: E402

DOCUMENT = ROOT / "docs" / "definitions.md"


def told() -> str:
    with tempfile.TemporaryDirectory(prefix="aremko-") as folder:
        spa = Spa(pathlib.Path(folder), f"sqlite:///{folder}/none.sqlite3", None)  # a source, which need not be there
        english = spa.run("--language", "en", "definitions").stdout
        spanish = spa.run("definitions").stdout
    return f"# What every figure means\n\n{english}\n# Qué significa cada cifra\n\n{spanish}"


class Definitions(unittest.TestCase):
    def test_the_document_says_what_the_program_says(self):
        self.assertEqual(DOCUMENT.read_text(encoding="utf-8"), told())


if __name__ == "__main__":
    if "--write" in sys.argv:
        DOCUMENT.write_text(told(), encoding="utf-8")
    else:
        unittest.main()
