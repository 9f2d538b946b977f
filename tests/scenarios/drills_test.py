#!/usr/bin/env python3
"""The short forms of scripts/drills, by the same code: kills, keys and scopes, hostile values, personal data where it does not belong."""
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "scripts" / "drills"))
import drill  # noqa: E402

# "Within a second" is the long form's, on a free machine; a test only tells an answer from a hang.
SOON = 8.0


class Drills(unittest.TestCase):
    def nothing(self, result):
        found, said = result
        self.assertGreater(found.checks, 100, said)
        self.assertFalse(found, f"{said}\n{found}")

    def test_what_was_answered_outlives_a_kill(self):
        self.nothing(drill.load("kills").run(times=6, customers=600))

    def test_every_key_at_every_operation_and_tool(self):
        self.nothing(drill.load("scopes").run(customers=600, other=500, most=60, tenants=("laguna",)))

    def test_hostile_values_for_every_parameter(self):
        self.nothing(drill.load("hostile").run(count=12, seconds=SOON, customers=600))

    def test_nothing_personal_where_it_does_not_belong(self):
        self.nothing(drill.load("personal").run(count=24, customers=600))


if __name__ == "__main__":
    unittest.main()
