#!/usr/bin/env python3
"""People review what the sync found, and long syncs are jobs: over a store on SQLite and on PostgreSQL."""
import contextlib
import json
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import BASE, Postgres, Spa, make_demo  # noqa: E402

SYNC = BASE + "/sync/legacy-to-current"
ASYNC = {"Prefer": "respond-async"}


class OnSqlite(unittest.TestCase):
    """A demo of 2,000 customers a test; the same tests run over PostgreSQL below."""
    customers = 2000

    @classmethod
    def setUpClass(cls):
        cls.made = tempfile.TemporaryDirectory(prefix="aremko-review-")
        cls.template = pathlib.Path(cls.made.name)
        make_demo(cls.template, customers=cls.customers)

    @classmethod
    def tearDownClass(cls):
        cls.made.cleanup()

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="aremko-review-")
        self.folder = pathlib.Path(self.temporary.name)
        shutil.copy(self.template / "aremko.sqlite3", self.folder)
        shutil.copytree(self.template / "legacy", self.folder / "legacy")
        self.database = f"sqlite:///{self.folder}/aremko.sqlite3"
        self.spas = []
        self.stores = 0
        self.store = self.new_store()

    def tearDown(self):
        for spa in self.spas:
            spa.stop(signal.SIGKILL)
        self.temporary.cleanup()

    # What differs between the engines.

    def new_store(self):
        self.stores += 1
        return f"sqlite:///{self.folder}/store{self.stores}.sqlite3"

    def rows(self, text, store=None):
        path = (store or self.store).removeprefix("sqlite:///")
        with contextlib.closing(sqlite3.connect(path, timeout=30)) as db:
            return [tuple(row) for row in db.execute(text)]

    # What they share.

    def spa(self, store=None):
        spa = Spa(self.folder, self.database, self.folder / "legacy", store_url=store or self.store)
        self.spas.append(spa)
        return spa

    def post(self, spa, path, body=None, **more):
        return spa.post(BASE + path, body=json.dumps(body) if body is not None else None, **more)

    def registry(self, store=None, statuses=("active", "pending")):
        names = ",".join(f"'{status}'" for status in statuses)
        rows = self.rows("SELECT legacy_id, current_id, status, confidence, reasons FROM aremko_mapping "
                         f"WHERE status IN ({names})", store)
        return sorted((str(a), int(b), c, float(d), e) for a, b, c, d, e in rows)

    def wait(self, spa, job_id, seconds=60):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            job = spa.get(f"{BASE}/jobs/{job_id}").json
            if job["state"] not in ("queued", "running"):
                return job
            time.sleep(0.02)
        self.fail(f"the job did not end: {job}")

    def pages(self, spa, between=lambda page: None, **query):
        cursor, seen = None, []
        while True:
            page = spa.get(BASE + "/mappings", **query, **({"cursor": cursor} if cursor else {})).json
            seen += page["mappings"]
            between(page)
            cursor = page["next"]
            if not cursor:
                return seen

    def test_a_reviewers_hour(self):
        spa = self.spa().serve()
        key = spa.make_key("write")
        report = spa.post(SYNC).json
        self.assertGreater(report["medium_confidence"], 0)
        pending = self.pages(spa, status="pending", limit=3)
        self.assertEqual(len(pending), report["medium_confidence"])
        scores = [each["worth"]["score"] for each in pending]
        self.assertEqual(scores, sorted(scores, reverse=True))
        for each in pending:
            worth, p = each["worth"], each["confidence_score"] / 100
            expected = worth["uncertainty"] * (1 + worth["visits"] + worth["total_spent"] / 50000)
            self.assertAlmostEqual(worth["score"], max(0, expected), delta=0.006)
            self.assertAlmostEqual(worth["uncertainty"], 4 * p * (1 - p), delta=0.0006)

        chosen, other = pending[0], pending[1]
        profile = f"{BASE}/customers/{chosen['current_id']}/profile"
        def records():
            return [each["legacy_id"] for each in (spa.get(profile).json["legacy_data"] or {"records": []})["records"]]
        self.assertNotIn(chosen["legacy_id"], records())
        decided = self.post(spa, f"/mappings/{chosen['id']}/accept", {"reason": "lo confirmó por teléfono"}, key=key)
        self.assertEqual((decided.status, decided.json["status"]), (200, "accepted"))
        self.assertIn(chosen["legacy_id"], records())
        self.assertEqual(self.post(spa, f"/mappings/{other['id']}/reject", {"reason": "es la hermana"}, key=key).status, 200)
        again = self.post(spa, f"/mappings/{other['id']}/reject", key=key).json
        self.assertEqual(again["decision"]["reason"], "es la hermana")

        spa.post(SYNC)
        spa.post(SYNC)
        legacy = spa.get(f"{BASE}/mappings/legacy/{other['legacy_id']}").json
        self.assertEqual([m["status"] for m in legacy["mappings"] if m["current_id"] == other["current_id"]], ["rejected"])
        self.assertEqual(spa.get(f"{BASE}/mappings/legacy/{chosen['legacy_id']}").json["mapping"]["status"], "accepted")

        trail = spa.get(BASE + "/audit", legacy_id=chosen["legacy_id"]).json["entries"]
        self.assertEqual([entry["action"] for entry in trail], ["mapping.accept", "mapping.create"])
        self.assertEqual(trail[0]["reason"], "lo confirmó por teléfono")
        self.assertEqual(trail[0]["actor"], key.split("_")[1])
        self.assertIn(f"registro {chosen['legacy_id']}", trail[0]["summary"])
        self.assertEqual(spa.get(BASE + "/audit", subject=chosen["id"]).json["entries"], trail)

        undone = self.post(spa, f"/mappings/{chosen['id']}/undo", key=key).json
        self.assertEqual(undone["status"], "pending")
        self.assertNotIn(chosen["legacy_id"], records())

    def test_a_link_by_hand_and_what_cannot_be(self):
        spa = self.spa().serve()
        spa.post(SYNC)
        tied = {legacy for legacy, *_ in self.registry()}
        free = next(r["legacy_id"] for r in spa.get(BASE + "/legacy/customers", limit=200).json["customers"]
                    if r["legacy_id"] not in tied)
        made = self.post(spa, "/mappings", {"legacy_id": free, "current_id": 123, "reason": "se cambió el nombre"})
        self.assertEqual((made.status, made.json["status"]), (200, "accepted"))
        self.assertEqual(self.post(spa, "/mappings", {"legacy_id": free, "current_id": 123}).json, made.json)
        spa.post(SYNC)
        self.assertEqual(spa.get(f"{BASE}/mappings/legacy/{free}").json["customer"]["id"], 123)
        refused = [(409, self.post(spa, "/mappings", {"legacy_id": free, "current_id": 124})),
                   (422, self.post(spa, "/mappings", {"legacy_id": "nadie", "current_id": 123})),
                   (422, self.post(spa, "/mappings", {"legacy_id": free, "current_id": 99999999})),
                   (422, self.post(spa, "/mappings", {"legacy_id": free})),
                   (404, self.post(spa, "/mappings/00000000-0000-8000-8000-000000000000/accept")),
                   (403, self.post(spa, f"/mappings/{made.json['id']}/undo", key=spa.make_key("read"))),
                   (422, self.post(spa, f"/mappings/{made.json['id']}/undo", {"reason": "x" * 1001}))]
        for status, answer in refused:
            self.assertEqual(answer.status, status, answer.body)
            self.assertEqual(answer.headers["Content-Type"].split(";")[0], "application/problem+json")
            self.assertTrue(answer.json["detail"])
        again = self.post(spa, f"/mappings/{made.json['id']}/accept")
        self.assertEqual((again.status, again.json["decision"]), (200, made.json["decision"]), "the same by the same changes nothing")
        second = self.post(spa, f"/mappings/{made.json['id']}/reject", key=spa.make_key("write"))
        self.assertEqual(second.status, 409)
        self.assertIn("son la misma persona, dijo", second.json["detail"])
        undone = json.loads(spa.run("undo", made.json["id"], "--reason", "fue sin mirar", "--json").stdout)
        self.assertEqual(undone["status"], "retired")
        first = json.loads(spa.run("decisions", "--json").stdout)["decisions"][0]
        self.assertEqual((first["action"], first["reason"], first["stands"]), ("mapping.undo", "fue sin mirar", False))
        shown = json.loads(spa.run("link", free, "123", "--json").stdout)
        self.assertEqual((shown["id"], shown["status"]), (made.json["id"], "accepted"))
        self.assertIn("accepted", spa.run("mappings", "--status", "accepted").stdout)

    def test_pages_neither_skip_nor_repeat_while_people_decide(self):
        spa = self.spa().serve()
        spa.post(SYNC)
        everyone = {m["id"] for m in self.pages(spa, limit=500, status="active")}
        for order in ("worth", "confidence", "recent"):
            def reject_first(page):
                if page["mappings"] and self.decided < 15:
                    self.decided += 1
                    self.touched.append(page["mappings"][-1]["id"])
                    self.post(spa, f"/mappings/{self.touched[-1]}/reject")
            self.decided, self.touched = 0, []
            seen = [m["id"] for m in self.pages(spa, reject_first, limit=40, status="active", order=order)]
            self.assertEqual(len(seen), len(set(seen)), order)
            self.assertEqual(set(seen), everyone, order)
            for each in self.touched:
                self.post(spa, f"/mappings/{each}/undo")

    def test_a_job_answers_what_the_sync_answers(self):
        spa = self.spa().serve()
        begun = spa.post(SYNC, headers=ASYNC)
        self.assertEqual(begun.status, 202)
        self.assertEqual(begun.headers["Preference-Applied"], "respond-async")
        self.assertEqual(begun.headers["Location"], f"{BASE}/jobs/{begun.json['id']}")
        job = self.wait(spa, begun.json["id"])
        self.assertEqual((job["state"], job["attempts"]), ("done", 1))
        plain = self.spa(self.new_store())
        self.assertEqual(job["result"], json.loads(plain.run("sync", "--json").stdout))
        self.assertEqual(spa.post(SYNC).json["mappings_created"], 0)
        names = [each["legacy_name"] for each in job["result"]["details"]]
        self.assertTrue(all(names))
        kept = " ".join(str(row) for row in self.rows("SELECT result FROM aremko_job"))
        self.assertNotIn(names[0], kept)
        self.assertEqual([each["state"] for each in spa.get(BASE + "/jobs").json["jobs"]], ["done", "done"])
        self.assertEqual(spa.post(f"{BASE}/jobs/{job['id']}/cancel").status, 409)
        self.assertEqual(spa.get(f"{BASE}/jobs/nada").status, 404)
        self.assertEqual(spa.post(SYNC, headers=ASYNC, limit=0).status, 422)

    def test_a_killed_job_is_done_by_the_next_process(self):
        whole = json.loads(self.spa(self.store).run("sync", "--json").stdout)
        expected = self.registry()
        for delay in (0.0, 0.05, 0.12, 0.2, 0.35):
            store = self.new_store()
            spa = self.spa(store).serve()
            job_id = spa.post(SYNC, headers=ASYNC).json["id"]
            time.sleep(delay)
            spa.stop(signal.SIGKILL)
            self.assertIn(self.registry(store), ([], expected), f"after {delay} s: half a sync")
            spa.serve()
            job = self.wait(spa, job_id)
            self.assertEqual(job["state"], "done", job)
            self.assertEqual(self.registry(store), expected, f"after {delay} s")
            self.assertEqual(job["result"], whole, f"after {delay} s")
            spa.stop()

    def test_a_stopped_server_leaves_its_job_to_the_next(self):
        spa = self.spa().serve()
        job_id = spa.post(SYNC, headers=ASYNC).json["id"]
        self.assertEqual(spa.stop(signal.SIGTERM), 0)
        self.assertIn(self.rows("SELECT state FROM aremko_job")[0][0], ("queued", "done"))
        self.assertEqual(self.wait(self.spa().serve(), job_id)["state"], "done")

    def test_what_came_bit_by_bit_equals_a_sync_from_nothing(self):
        spa = self.spa().serve()
        dice = random.Random(5)
        for _ in range(2):
            spa.post(SYNC)
            for each in self.pages(spa, status="pending", limit=500)[:6]:
                verb = dice.choice(("accept", "reject"))
                self.assertEqual(self.post(spa, f"/mappings/{each['id']}/{verb}").status, 200)
            active = spa.get(BASE + "/mappings", status="active", limit=200).json["mappings"]
            for each in dice.sample(active, 4):
                self.post(spa, f"/mappings/{each['id']}/reject")
            for each in dice.sample(active, 3):
                self.post(spa, f"/mappings/{each['id']}/accept")
                self.post(spa, f"/mappings/{each['id']}/undo")
            self.change_data(dice)
            self.assertEqual(spa.post(BASE + "/refresh").status, 200)
        spa.post(SYNC)
        bit_by_bit = self.registry()

        fresh = self.spa(self.new_store()).serve()
        decided = self.registry(statuses=("rejected", "accepted"))
        for status in ("rejected", "accepted"):
            for legacy_id, current_id, *_ in (row for row in decided if row[2] == status):
                made = self.post(fresh, "/mappings", {"legacy_id": legacy_id, "current_id": current_id})
                self.assertIn(made.status, (200, 422), made.body)  # 422: of a row that is gone
                if made.status == 200 and status == "rejected":
                    self.post(fresh, f"/mappings/{made.json['id']}/unlink")
        fresh.post(SYNC)
        self.assertGreater(len(bit_by_bit), 100)
        self.assertEqual(self.registry(fresh.environment["DATABASE_URL"]), bit_by_bit)

    def change_data(self, dice):
        """Rows changed, added and removed on both sides."""
        with contextlib.closing(sqlite3.connect(self.folder / "aremko.sqlite3")) as db:
            ids = [row[0] for row in db.execute("SELECT id FROM ventas_cliente WHERE id NOT IN "
                                                "(SELECT cliente_id FROM ventas_ventareserva)")]
            for each in dice.sample(ids, min(10, len(ids))):
                db.execute("DELETE FROM ventas_cliente WHERE id = ?", (each,))
            left = [row[0] for row in db.execute("SELECT id FROM ventas_cliente")]
            for each in dice.sample(left, 40):
                db.execute("UPDATE ventas_cliente SET telefono = ? WHERE id = ?", (f"+5697{dice.randrange(10**7):07}", each))
            for each in dice.sample(left, 20):
                db.execute("UPDATE ventas_cliente SET nombre = 'Rosa Inventada Pérez' WHERE id = ?", (each,))
            db.commit()
        file = next((self.folder / "legacy").glob("Clientes*.csv"))
        lines = file.read_bytes().split(b"\n")
        kept = [line for line in lines[1:] if dice.random() > 0.02]
        number = 900000 + dice.randrange(90000)
        kept.append(b"%d,rec%d,1/5/2021 10:00,,+56987654321,,Persona Nueva Soto,,,\r" % (number, number))
        new = file.with_suffix(".new")
        new.write_bytes(b"\n".join([lines[0], *[line for line in kept if line.strip()]]) + b"\n")
        new.rename(file)


class OnPostgres(OnSqlite):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.postgres = Postgres()
        cls.databases = 0

    @classmethod
    def tearDownClass(cls):
        cls.postgres.close()
        super().tearDownClass()

    def new_store(self):
        type(self).databases += 1
        return self.postgres.create(f"store{self.databases}")

    def rows(self, text, store=None):
        text = self.postgres.sql((store or self.store).rsplit("/", 1)[1], text)
        return [tuple(line.split("|")) for line in text.splitlines()]

    def session(self, database):
        return subprocess.Popen(["psql", "-X", "-At", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self.postgres.port), "-U", "aremko",
                                 "-d", database], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def test_one_at_a_time_across_processes_and_cancelled_in_the_middle(self):
        first, second = self.spa().serve(), self.spa().serve()
        first.key = second.key = first.make_key()
        # A row that the sync will make, made and not committed: the sync waits for it in the middle of its writing.
        other = self.new_store()
        self.spa(other).run("sync")
        columns = "id, tenant, legacy_id, current_id, confidence, status, reasons, created_at, updated_at, record, record_id, print, made_as"
        row = self.rows(f"SELECT {columns} FROM aremko_mapping LIMIT 1", other)[0]
        values = ", ".join(f"'{value}'" for value in row)
        lock = self.session(self.store.rsplit("/", 1)[1])
        lock.stdin.write(f"BEGIN; INSERT INTO aremko_mapping ({columns}) VALUES ({values}); SELECT 'locked';\n")
        lock.stdin.flush()
        said = ""
        while said.strip() != "locked":
            said = lock.stdout.readline()
            self.assertTrue(said, "the row could not be made")
        job_id = first.post(SYNC, headers=ASYNC).json["id"]
        deadline = time.monotonic() + 20
        while first.get(f"{BASE}/jobs/{job_id}").json["phase"] != "registry.write" and time.monotonic() < deadline:
            time.sleep(0.05)
        for spa, headers in ((first, {}), (second, {}), (second, ASYNC)):
            refused = spa.post(SYNC, headers=headers)
            self.assertEqual(refused.status, 409, refused.body)
            self.assertIn(job_id, refused.json["detail"])
        seen = second.get(f"{BASE}/jobs/{job_id}").json
        self.assertEqual(seen["state"], "running")
        cancelled = second.post(f"{BASE}/jobs/{job_id}/cancel")
        self.assertEqual(cancelled.status, 200, cancelled.body)
        self.assertTrue(cancelled.json["cancel_requested"])
        lock.communicate("ROLLBACK;\n", timeout=20)
        self.assertEqual(self.wait(first, job_id)["state"], "cancelled")
        self.assertEqual(self.registry(), [])
        self.assertEqual(self.rows("SELECT 1 FROM aremko_audit WHERE action LIKE 'mapping%'"), [])
        self.assertEqual(second.post(SYNC).status, 200)
        self.assertGreater(len(self.registry()), 0)


if __name__ == "__main__":
    unittest.main()
