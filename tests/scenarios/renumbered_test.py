#!/usr/bin/env python3
"""The old customers' file is exported anew and its numbers move: nobody's profile ever shows another guest's visits, and
what people decided follows the record. Over a store on SQLite and on PostgreSQL."""
import csv
import json
import pathlib
import shutil
import sqlite3
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import BASE, Postgres, Spa, make_demo  # noqa: E402

NUMBER, RECORD = "Auto Increment", "Record ID"


class OnSqlite(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="aremko-renumbered-")
        self.folder = pathlib.Path(self.temporary.name)
        database, legacy = make_demo(self.folder, customers=800)
        self.file = next(legacy.glob("Clientes*.csv"))
        with open(self.file, encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            self.columns, self.rows = reader.fieldnames, list(reader)
        self.spa = Spa(self.folder, database, legacy, store_url=self.new_store(), AREMKO_REFRESH_SECONDS="0.2")

    def tearDown(self):
        self.spa.stop()
        self.temporary.cleanup()

    def new_store(self):
        return f"sqlite:///{self.folder}/store.sqlite3"

    # The file

    def export(self, rows, columns=None):
        """Replaces the file and waits until a snapshot has it."""
        before = self.version()
        fresh = self.file.with_suffix(".new")
        with open(fresh, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns or self.columns, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        fresh.replace(self.file)
        deadline = time.monotonic() + 30
        while self.version() == before:
            self.assertLess(time.monotonic(), deadline, "the new file was not taken up")
            time.sleep(0.05)

    def numbered(self, by):
        """One number was given up: all others moved by one, as after a deletion in the old system."""
        return [{**row, NUMBER: str(int(row[NUMBER]) + by)} for row in self.rows]

    # The house

    def answer(self, path, method="GET", body=None, **query):
        answer = self.spa.request(method, BASE + path, body=None if body is None else json.dumps(body), **query)
        self.assertEqual(answer.status, 200, answer.body[:300])
        return answer.json

    def version(self):
        return self.answer("/data-health")["snapshot_version"]

    def findings(self):
        return {finding["code"]: finding["count"] for finding in self.answer("/data-health")["findings"]}

    def sync(self):
        return self.answer("/sync/legacy-to-current", "POST")

    def legacy_money(self):
        return {customer: self.answer(f"/customers/{customer}/profile")["statistics"]["gasto_por_fuente"]["legacy"] for customer in self.watched}

    def mapping(self, identity):
        return next(m for m in self.answer("/mappings", limit=500, status=self.status[identity])["mappings"] if m["id"] == identity)

    def decide(self):
        """A person accepts one link, rejects another and makes a third by hand; returns how they stand."""
        mappings = self.answer("/mappings", status="active", limit=500)["mappings"]
        self.assertGreater(len(mappings), 200)
        for mapping in mappings[::40]:
            self.assertEqual(mapping["record_id"], next(r[RECORD] for r in self.rows if r[NUMBER] == mapping["legacy_id"]))
        accepted, rejected = mappings[3]["id"], mappings[7]["id"]
        self.answer(f"/mappings/{accepted}/accept", "POST", {})
        self.answer(f"/mappings/{rejected}/reject", "POST", {})
        tied = {m["legacy_id"] for m in mappings}
        alone = next(r for r in self.rows if r[NUMBER] not in tied and r["Telefono"] and len(r["Client"].split()) >= 2)
        by_hand = self.answer("/mappings", "POST", {"legacy_id": alone[NUMBER], "current_id": mappings[11]["current_id"]})["id"]
        self.watched = sorted({m["current_id"] for m in mappings[:60]})
        self.status = {accepted: "accepted", rejected: "rejected", by_hand: "accepted"}
        return {identity: self.mapping(identity) for identity in self.status}

    def assert_followed(self, decided, by):
        for identity, then in decided.items():
            now = self.mapping(identity)
            self.assertEqual(now["legacy_id"], str(int(then["legacy_id"]) + by))
            for field in ("record_id", "current_id", "status", "decision", "confidence_score"):
                self.assertEqual(now[field], then[field], field)
            self.assertEqual(now["metadata"]["legacy_name"], then["metadata"]["legacy_name"])

    # The stories

    def test_numbers_move_and_everything_follows_its_record(self):
        self.spa.serve()
        self.sync()
        decided = self.decide()
        before = self.legacy_money()
        self.assertGreater(sum(money > 0 for money in before.values()), 20)
        self.assertNotIn("links_moved", self.findings())

        self.export(self.numbered(1))
        self.assertEqual(self.legacy_money(), before, "no sync yet")
        self.assert_followed(decided, 1)
        self.assertGreater(self.findings()["links_moved"], 200)
        self.assertNotIn("links_of_others", self.findings())
        identity, then = next(iter(decided.items()))
        number = str(int(then["legacy_id"]) + 1)
        self.assertIn(identity, [m["id"] for m in self.answer(f"/mappings/legacy/{number}")["mappings"]])
        self.assertNotIn(identity, [m["id"] for m in self.answer(f"/mappings/legacy/{then['legacy_id']}")["mappings"]])
        self.assertEqual(self.answer(f"/mappings/{identity}/explanation")["legacy_id"], number)

        self.spa.stop()
        self.spa.serve()
        self.assertEqual(self.legacy_money(), before, "after a restart")
        report = self.sync()
        self.assertEqual((report["mappings_created"], report["mappings_retired"]), (0, 0))
        self.assertGreater(report["mappings_moved"], 200)
        self.assertEqual(self.legacy_money(), before, "after the sync")
        self.assert_followed(decided, 1)
        again = self.sync()
        self.assertEqual([again[f"mappings_{what}"] for what in ("created", "updated", "retired", "moved")], [0, 0, 0, 0])
        entries = self.answer("/audit", subject=identity)["entries"]
        self.assertEqual([(entry["action"], entry["legacy_id"]) for entry in entries],
                         [("mapping.move", number), ("mapping.accept", then["legacy_id"]), ("mapping.create", then["legacy_id"])])

    def test_half_of_the_numbers_move_and_a_phone_is_corrected(self):
        self.spa.serve()
        self.sync()
        self.decide()
        before = self.legacy_money()
        rows = [dict(row) for row in self.rows]
        for one, other in zip(rows[0::4], rows[1::4]):
            one[NUMBER], other[NUMBER] = other[NUMBER], one[NUMBER]
        for row in rows[2::4]:
            row["Telefono"] = "9" + row["Telefono"][::-1][:8] if len(row["Telefono"]) == 9 else row["Telefono"]
        self.export(rows)
        self.assertEqual(self.legacy_money(), before)

    def test_a_file_without_record_ids_shows_nobody_until_the_sync(self):
        self.spa.serve()
        self.sync()
        decided = self.decide()
        before = self.legacy_money()
        self.export(self.numbered(1), [column for column in self.columns if column != RECORD])
        now = self.legacy_money()
        for customer, money in now.items():
            self.assertIn(money, (0, before[customer]))
        self.assertGreater(self.findings()["links_of_others"], 200)
        accepted = next(iter(decided))
        refused = self.spa.post(f"{BASE}/mappings/{next(i for i, s in self.status.items() if s == 'rejected')}/accept", body="{}")
        self.assertEqual(refused.status, 409, "its record is somebody else's")
        self.sync()
        self.assertNotIn("links_of_others", self.findings())
        undecided = [m["current_id"] for m in decided.values()]
        for customer, money in self.legacy_money().items():
            if customer not in undecided:
                self.assertEqual(money, before[customer])
        # The good file comes back, and with it what the person had said.
        self.status[accepted] = "retired"
        self.assertEqual(self.mapping(accepted)["decision"], decided[accepted]["decision"])
        self.export(self.rows)
        self.sync()
        self.status[accepted] = "accepted"
        self.assert_followed(decided, 0)
        self.assertEqual(self.legacy_money(), before)

    def test_a_store_of_the_version_before_learns_its_records_at_the_first_snapshot(self):
        if not self.spa.environment["DATABASE_URL"].startswith("sqlite"):
            self.skipTest("tests/contract/store_records_test.cpp has both engines")
        self.spa.serve()
        self.sync()
        self.decide()
        before = self.legacy_money()
        self.spa.stop()
        with sqlite3.connect(self.folder / "store.sqlite3") as store:  # what the migration makes of an older one
            store.execute("UPDATE aremko_mapping SET record = 'n' || legacy_id || '#', record_id = '', print = ''")
        self.spa.serve()
        self.assertEqual(self.legacy_money(), before)
        self.export(self.numbered(1))
        self.assertEqual(self.legacy_money(), before, "they were learned, and survive the next export")


class OnPostgres(OnSqlite):
    @classmethod
    def setUpClass(cls):
        cls.postgres = Postgres()

    @classmethod
    def tearDownClass(cls):
        cls.postgres.close()

    def new_store(self):
        return self.postgres.create(f"store_{self._testMethodName[:40]}")


if __name__ == "__main__":
    unittest.main(verbosity=2)
