#!/usr/bin/env python3
"""Databases that go away, files that are swapped, stores that are full: what was good stays, and it is said why."""
import contextlib
import json
import os
import pathlib
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import AREMKO, BASE, STORY_DAY, Postgres, Spa, make_demo  # noqa: E402

PROFILE = BASE + "/customers/123/profile"


def eventually(check, seconds=15):
    """True as soon as check() is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with contextlib.suppress(AssertionError, OSError, KeyError, IndexError):
            if check():
                return True
        time.sleep(0.1)
    return bool(check())


def source(spa, name):
    """How a source stands, from /ready: its list, or the problem's reasons while there is nothing to show."""
    answer = spa.get("/api/v1/ready", key=None).json
    if "errors" in answer:
        reasons = [e["message"] for e in answer["errors"] if e["field"].endswith("/" + name)]
        return {"ok": not reasons, "detail": reasons[0] if reasons else None}
    return [s for s in answer["tenants"][0]["sources"] if s["name"] == name][0]


class Case(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="aremko-")
        self.folder = pathlib.Path(self.temporary.name)
        self.spas = []

    def tearDown(self):
        for spa in self.spas:
            spa.stop(signal.SIGKILL)
        self.temporary.cleanup()

    def spa(self, *arguments, **settings):
        self.spas.append(Spa(self.folder, *arguments, **settings))
        return self.spas[-1]


class LegacyFiles(Case):
    def setUp(self):
        super().setUp()
        self.database, self.legacy = make_demo(self.folder, customers=1000)
        self.customers = next(self.legacy.glob("Clientes-*.csv"))

    def total(self, spa):
        return spa.get(BASE + "/stats/overview").json["legacy_data"]["total_customers"]

    def live(self):
        with contextlib.closing(sqlite3.connect(f"file:{self.folder / 'store.sqlite3'}?mode=ro", uri=True)) as db:
            return db.execute("SELECT count(*) FROM aremko_mapping WHERE status = 'active'").fetchone()[0]

    def test_a_file_that_turns_bad_leaves_the_last_good_one_standing(self):
        spa = self.spa(self.database, self.legacy, AREMKO_REFRESH_SECONDS="0.2").serve()
        before = self.total(spa)
        good = self.customers.read_bytes()
        # What a bad file is replaced by; each must be noticed, said, and leave the answers as they were.
        for what, content in {"empty": b"", "binary": os.urandom(20000), "only a header": good.split(b"\n")[0] + b"\n",
                              "another file's columns": b"a,b,c\n1,2,3\n"}.items():
            with self.subTest(what):
                self.customers.write_bytes(content)
                self.assertTrue(eventually(lambda: not source(spa, "clientes_legacy")["ok"]), what)
                state = source(spa, "clientes_legacy")
                self.assertTrue(state["detail"])
                self.assertGreaterEqual(state["age_seconds"], 0)
                self.assertEqual(self.total(spa), before)
                self.assertEqual(spa.get(PROFILE).status, 200)
                self.customers.write_bytes(good)
                self.assertTrue(eventually(lambda: source(spa, "clientes_legacy")["ok"]), what)
        self.customers.unlink()
        self.assertTrue(eventually(lambda: not source(spa, "clientes_legacy")["ok"]))
        self.assertEqual(self.total(spa), before)
        self.customers.write_bytes(good)
        self.assertTrue(eventually(lambda: source(spa, "clientes_legacy")["ok"]))

    def test_other_encodings_and_separators_say_the_same(self):
        good = self.customers.read_text(encoding="utf-8")
        expected = None
        for what, content in {
            "as it is": good.encode(),
            "windows-1252": good.encode("cp1252", "replace"),
            "byte-order mark": b"\xef\xbb\xbf" + good.encode(),
            "decoded twice": good.encode().decode("latin-1").encode(),
            "CRLF": good.replace("\n", "\r\n").encode(),
        }.items():
            with self.subTest(what):
                self.customers.write_bytes(content)
                done = self.spa(self.database, self.legacy).run("legacy", "1657", "--as-of", STORY_DAY, "--json")
                person = json.loads(done.stdout)["basic_info"]
                expected = expected or person
                self.assertEqual(person, expected)
                self.assertEqual(person["nombre"], "María González")

    def test_a_truncated_file_keeps_its_whole_rows(self):
        data = self.customers.read_bytes()
        self.customers.write_bytes(data[: len(data) * 2 // 3])
        spa = self.spa(self.database, self.legacy).serve()
        self.assertGreater(self.total(spa), 500)

    def test_a_sync_after_a_start_on_half_a_file_asks_first(self):
        spa = self.spa(self.database, self.legacy)
        spa.run("sync")
        data = self.customers.read_bytes()
        self.customers.write_bytes(data[: len(data) // 2])
        done = spa.run("sync", check=False)
        self.assertEqual(done.returncode, 6, done.stderr)
        self.assertIn("accept_loss", done.stderr)
        kept = self.live()
        spa.serve()
        spa.key = spa.make_key()
        self.assertEqual(spa.post(BASE + "/sync/legacy-to-current").status, 409)
        self.assertEqual(spa.post(BASE + "/sync/legacy-to-current", headers={"Prefer": "respond-async"}).status, 409)
        self.assertEqual(spa.post(BASE + "/sync/legacy-to-current?accept_loss=true").status, 200)
        self.assertLess(self.live(), kept)

    def test_replaced_again_and_again_while_it_is_read(self):
        spa = self.spa(self.database, self.legacy, AREMKO_REFRESH_SECONDS="0.1").serve()
        good = self.customers.read_bytes()
        stop = threading.Event()

        def replace():
            while not stop.is_set():
                new = self.customers.with_suffix(".new")
                new.write_bytes(good)
                new.rename(self.customers)
                time.sleep(0.01)

        thread = threading.Thread(target=replace)
        thread.start()
        try:
            before = self.total(spa)
            for _ in range(50):
                self.assertEqual(self.total(spa), before)
                self.assertEqual(spa.get(PROFILE).status, 200)
        finally:
            stop.set()
            thread.join()
        self.assertTrue(eventually(lambda: source(spa, "clientes_legacy")["ok"]))

    def test_refused_rows_are_shown_with_line_and_reason(self):
        with self.customers.open("ab") as file:
            file.write(b',,2/25/2020 18:05,,,,,,,\n1657,AAAAAAAAAA,2/25/2020 18:05,,,,Otra Persona,,,\n')
        spa = self.spa(self.database, self.legacy).serve()
        found = json.dumps(spa.get(BASE + "/sources").json)
        self.assertIn("duplicate_id", found)
        self.assertIn(self.customers.name, found)
        self.assertIn("duplicate_id", json.dumps(spa.get(BASE + "/stats/overview").json))


class Database(Case):
    def setUp(self):
        super().setUp()
        self.postgres = Postgres()
        self.url = self.postgres.create("aremko_db")
        _, self.legacy = make_demo(self.folder, customers=1000, database_url=self.url)

    def tearDown(self):
        super().tearDown()
        self.postgres.close()

    def test_down_at_start_and_back_without_a_restart(self):
        self.postgres.stop()
        spa = self.spa(self.url, None, AREMKO_REFRESH_SECONDS="0.2").serve(wait_ready=False)
        ready = spa.get("/api/v1/ready", key=None)
        self.assertEqual(ready.status, 503)
        self.assertTrue(eventually(lambda: source(spa, "aremko_db")["detail"]))
        answer = spa.get(PROFILE)
        self.assertEqual(answer.status, 503)
        self.assertEqual(answer.headers["Content-Type"].split(";")[0], "application/problem+json")
        self.postgres.start()
        self.assertTrue(eventually(lambda: spa.get(PROFILE).status == 200, 20))

    def test_dies_while_serving_and_comes_back(self):
        spa = self.spa(self.url, self.legacy, AREMKO_REFRESH_SECONDS="0.2").serve()
        self.postgres.stop()
        self.assertTrue(eventually(lambda: not source(spa, "aremko_db")["ok"]))
        state = source(spa, "aremko_db")
        self.assertTrue(state["detail"])
        self.assertNotIn("aremko@", json.dumps(state))
        self.assertEqual(spa.get(PROFILE).status, 200)
        self.postgres.start()
        self.assertTrue(eventually(lambda: source(spa, "aremko_db")["ok"], 20))
        self.sale(spa, 77000)

    def sale(self, spa, total):
        """A committed sale shows in the profile."""
        before = spa.get(PROFILE).json["statistics"]["total_gastado"]
        columns = self.postgres.sql("aremko_db", "SELECT string_agg(column_name, ',') FROM information_schema.columns WHERE "
                                    "table_name = 'ventas_ventareserva' AND column_name NOT IN ('id', 'total')")
        self.postgres.sql("aremko_db", f"INSERT INTO ventas_ventareserva (id, total, {columns}) SELECT (SELECT max(id) + 1 FROM "
                          f"ventas_ventareserva), {total}, {columns} FROM ventas_ventareserva WHERE cliente_id = 123 AND "
                          "estado_pago <> 'cancelado' ORDER BY id LIMIT 1")
        started = time.monotonic()
        self.assertTrue(eventually(lambda: spa.get(PROFILE).json["statistics"]["total_gastado"] == before + total, 10))
        return time.monotonic() - started

    def test_a_sale_shows_in_seconds(self):
        spa = self.spa(self.url, self.legacy).serve()
        self.assertLess(self.sale(spa, 55000), 8)  # the figure itself is measured in bench/

    def test_killed_in_the_middle_of_loads(self):
        spa = self.spa(self.url, self.legacy, AREMKO_REFRESH_SECONDS="0.1").serve()
        before = spa.get(PROFILE).json["statistics"]["total_gastado"]
        for _ in range(3):
            with contextlib.suppress(subprocess.CalledProcessError):
                self.postgres.sql("aremko_db", "UPDATE ventas_cliente SET ciudad = ciudad WHERE id < 100")
            time.sleep(0.12)
            self.postgres.stop()
            self.assertEqual(spa.get(PROFILE).json["statistics"]["total_gastado"], before)
            self.postgres.start()
        self.assertTrue(eventually(lambda: source(spa, "aremko_db")["ok"], 20))

    def test_a_lost_table_and_its_return(self):
        spa = self.spa(self.url, self.legacy, AREMKO_REFRESH_SECONDS="0.2").serve()
        self.postgres.sql("aremko_db", "ALTER TABLE ventas_pago RENAME TO ventas_pago_x")
        self.assertTrue(eventually(lambda: not source(spa, "aremko_db")["ok"]))
        self.assertIn("ventas_pago", source(spa, "aremko_db")["detail"])
        self.assertEqual(spa.get(PROFILE).status, 200)
        self.postgres.sql("aremko_db", "ALTER TABLE ventas_pago_x RENAME TO ventas_pago")
        self.assertTrue(eventually(lambda: source(spa, "aremko_db")["ok"]))

    def test_optional_things_may_be_missing(self):
        self.postgres.sql("aremko_db", "DROP TABLE ventas_encuestasatisfaccion; DROP TABLE crm_service_history; "
                          "ALTER TABLE ventas_cliente DROP COLUMN region_id CASCADE, DROP COLUMN comuna_id CASCADE, "
                          "DROP COLUMN opt_out_whatsapp, DROP COLUMN es_staff_proxy; "
                          "ALTER TABLE ventas_reservaservicio DROP COLUMN precio_unitario_venta; "
                          "DROP TABLE ventas_comuna CASCADE; DROP TABLE ventas_region CASCADE")
        spa = self.spa(self.url, self.legacy).serve()
        self.assertTrue(source(spa, "aremko_db")["ok"])
        spa.post(BASE + "/sync/legacy-to-current")
        self.assertEqual(spa.get(PROFILE, as_of=STORY_DAY).json["statistics"]["total_gastado"], 680000)

    def test_impossible_values_are_counted_and_never_fatal(self):
        self.postgres.sql("aremko_db", "UPDATE ventas_ventareserva SET fecha_reserva = 'infinity' WHERE id = 1; "
                          "UPDATE ventas_ventareserva SET fecha_creacion = '0001-01-01' WHERE id = 2; "
                          "UPDATE ventas_ventareserva SET total = 'NaN' WHERE id = 3; "
                          "UPDATE ventas_reservaservicio SET hora_inicio = '25:99' WHERE id < 5; "
                          "UPDATE ventas_reservaservicio SET cantidad_personas = 1080000 WHERE id < 5")
        spa = self.spa(self.url, self.legacy).serve()
        self.assertTrue(source(spa, "aremko_db")["ok"])
        self.assertEqual(spa.get(PROFILE).status, 200)

    def test_two_processes_share_one_store(self):
        store = self.postgres.create("mcpdb")
        one = self.spa(self.url, self.legacy, store_url=store, AREMKO_REFRESH_SECONDS="0.2").serve()
        two = self.spa(self.url, self.legacy, store_url=store, AREMKO_REFRESH_SECONDS="0.2").serve()
        two.key = one.key = one.make_key()
        self.assertFalse(two.get(BASE + "/mappings/customer/123").json["has_legacy_data"])
        both = [threading.Thread(target=spa.post, args=(BASE + "/sync/legacy-to-current",)) for spa in (one, two)]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()
        for spa in (one, two):
            self.assertTrue(eventually(lambda: spa.get(BASE + "/mappings/customer/123").json["has_legacy_data"]))
            self.assertTrue(eventually(lambda: spa.get(PROFILE).json["legacy_data"]))
        live = self.postgres.sql("mcpdb", "SELECT count(*), count(DISTINCT legacy_id) FROM aremko_mapping WHERE status = 'active'")
        self.assertEqual(*live.split("|"))
        audited = self.postgres.sql("mcpdb", "SELECT count(*) FROM aremko_audit WHERE action = 'mapping.create'")
        self.assertEqual(audited, self.postgres.sql("mcpdb", "SELECT count(*) FROM aremko_mapping"))


class Store(Case):
    def setUp(self):
        super().setUp()
        self.database, self.legacy = make_demo(self.folder, customers=1000)
        self.store = self.folder / "store.sqlite3"

    def count(self):
        with contextlib.closing(sqlite3.connect(f"file:{self.store}?mode=ro", uri=True)) as db:
            return db.execute("SELECT count(*) FROM aremko_mapping").fetchone()[0]

    def test_a_locked_store_fails_whole_and_says_so(self):
        spa = self.spa(self.database, self.legacy).serve()
        spa.make_key()
        spa.key = spa.make_key()
        with contextlib.closing(sqlite3.connect(self.store, isolation_level=None)) as db:
            db.execute("BEGIN IMMEDIATE")
            answer = spa.post(BASE + "/sync/legacy-to-current")
            self.assertEqual(answer.status, 503, answer.body)
            self.assertTrue(answer.json["detail"])
            self.assertIn("Retry-After", answer.headers)
            self.assertEqual(spa.get(PROFILE).status, 200)
            db.execute("ROLLBACK")
        self.assertEqual(self.count(), 0)
        self.assertEqual(spa.post(BASE + "/sync/legacy-to-current").status, 200)
        self.assertGreater(self.count(), 0)

    def test_a_sync_that_is_killed_leaves_all_or_nothing(self):
        whole = json.loads(self.spa(self.database, self.legacy).run("sync", "--json").stdout)["mappings_created"]
        for delay in (0.05, 0.1, 0.15, 0.2, 0.25, 0.3):
            for left in self.folder.glob("store.sqlite3*"):
                left.unlink()
            spa = self.spa(self.database, self.legacy)
            spa.run("migrate")
            process = subprocess.Popen([str(AREMKO), "sync"], env=spa.environment, cwd=self.folder,
                                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(delay)
            process.kill()
            process.wait()
            self.assertIn(self.count(), (0, whole))
        again = json.loads(spa.run("sync", "--json").stdout)
        self.assertIn(again["mappings_created"], (0, whole))
        self.assertEqual(self.count(), whole)

    def test_a_stop_lets_requests_finish_and_ends_cleanly(self):
        spa = self.spa(self.database, self.legacy).serve()
        self.assertEqual(spa.stop(signal.SIGTERM), 0)
        self.assertIn("event=stop", spa.log_text())

    def test_wrong_settings_are_named_all_at_once(self):
        spa = self.spa("mysql://root:hunter2@db/x", self.legacy, AREMKO_REFRESH_SECONDS="soon")
        done = spa.run("serve", check=False)
        self.assertEqual(done.returncode, 2)
        self.assertIn("AREMKO_DATABASE_URL", done.stderr)
        self.assertIn("AREMKO_REFRESH_SECONDS", done.stderr)
        self.assertNotIn("hunter2", done.stderr + done.stdout)


class Tenants(Case):
    def test_two_spas_in_one_process_share_nothing(self):
        first, second = self.folder / "first", self.folder / "second"
        first.mkdir()
        second.mkdir()
        database, legacy = make_demo(first, customers=1000, seed=1)
        other, other_legacy = make_demo(second, customers=600, seed=2)
        spa = self.spa(database, legacy, AREMKO_DATABASE_URL_LAGUNA=other, AREMKO_LEGACY_DATA_PATH_LAGUNA=str(other_legacy)).serve()
        laguna = spa.make_key(tenant="laguna")
        mine = spa.get(BASE + "/stats/overview").json["current_database"]["total_customers"]
        theirs = spa.get(BASE + "/stats/overview", key=laguna, headers={"X-Tenant": "laguna"}).json
        self.assertLess(theirs["current_database"]["total_customers"], mine)
        self.assertEqual(spa.get(BASE + "/stats/overview", headers={"X-Tenant": "laguna"}).status, 403)
        self.assertEqual(spa.get(BASE + "/customers/900/profile", key=laguna).status, 404)
        spa.post(BASE + "/sync/legacy-to-current")
        self.assertEqual(spa.get(BASE + "/mappings", key=laguna).json["mappings"], [])


if __name__ == "__main__":
    unittest.main()
