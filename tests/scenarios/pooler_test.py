#!/usr/bin/env python3
"""Beside the booking system, behind its pooler and on its server: nothing of ours gets in its way, and nothing of its
commits that is not about guests makes us read."""
import contextlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import BASE, Pgbouncer, Postgres, Spa, make_demo  # noqa: E402

PROFILE = BASE + "/customers/123/profile"


def eventually(check, seconds):
    """True as soon as check() is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and not check():
        time.sleep(0.05)
    return check()


class BookingSystem:
    """Writes over one kept connection, statement after statement, until it is stopped; every failure is kept."""

    def __init__(self, url, statements, pause=0.02):
        self.psql = subprocess.Popen(["psql", "-qXAt", url], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
                                     stderr=subprocess.PIPE, text=True, bufsize=1)
        self.sent = 0
        self.statements, self.pause = statements, pause
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.write)
        self.thread.start()

    def write(self):
        while not self.stopping.is_set():
            for statement in self.statements:
                self.psql.stdin.write(statement + ";\n")
                self.sent += 1
            self.stopping.wait(self.pause)

    def stop(self):
        self.stopping.set()
        self.thread.join()
        self.psql.stdin.close()
        failures = self.psql.stderr.read()
        self.psql.stderr.close()
        self.psql.wait(timeout=60)
        return failures


INSERT = "INSERT INTO ventas_categoriaproducto(nombre) VALUES ('de ellos')"
IN_TRANSACTION = "BEGIN; " + INSERT + "; UPDATE ventas_categoriaproducto SET nombre = nombre WHERE id = 1; COMMIT"
# Everything of a session that could outlive a transaction on its server connection.
LEFT_BEHIND = ("SELECT current_setting('default_transaction_read_only'), current_setting('statement_timeout'), "
               "current_setting('lock_timeout'), current_setting('TimeZone') = (SELECT reset_val FROM pg_settings WHERE name = "
               "'TimeZone'), current_setting('search_path'), (SELECT count(*) FROM pg_prepared_statements), "
               "(SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'), (SELECT count(*) FROM pg_listening_channels()), "
               "(SELECT count(*) FROM pg_class WHERE relpersistence = 't'), current_setting('application_name')")


class Case(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="aremko-")
        self.folder = pathlib.Path(self.temporary.name)
        self.closing = contextlib.ExitStack()
        self.postgres = Postgres()
        self.closing.callback(self.postgres.close)
        self.url = self.postgres.create("aremko_db")
        _, self.legacy = make_demo(self.folder, customers=1000, database_url=self.url)

    def tearDown(self):
        self.closing.close()
        self.temporary.cleanup()

    def pooler(self, size):
        pooler = Pgbouncer(self.postgres, size)
        self.closing.callback(pooler.close)
        return pooler

    def spa(self, *arguments, **settings):
        spa = Spa(self.folder, *arguments, **settings)
        self.closing.callback(spa.stop)
        return spa


class BehindAPooler(Case):
    def all_verbs(self, size, store):
        pooler = self.pooler(size)
        theirs = [BookingSystem(pooler.url("aremko_db"), statements) for statements in ([INSERT], [IN_TRANSACTION])]
        spa = self.spa(pooler.url("aremko_db"), self.legacy, store_url=pooler.url(store))
        try:
            spa.run("migrate")
            spa.run("stats", "--json")
            spa.run("sync")
            spa.serve()
            for _ in range(3):
                self.assertEqual(spa.post(BASE + "/sync/legacy-to-current").status, 200)
                self.assertEqual(spa.get(PROFILE).status, 200)
                mappings = spa.get(BASE + "/mappings").json["mappings"]
                for verb in ("reject", "undo", "accept", "undo"):
                    answer = spa.post(f"{BASE}/mappings/{mappings[0]['id']}/{verb}")
                    self.assertEqual(answer.status, 200, answer.body)
                self.assertEqual(spa.get(BASE + "/audit").status, 200)
                time.sleep(0.7)
        finally:
            failures = [one.stop() for one in theirs]
        self.assertEqual(failures, ["", ""])
        self.assertGreater(min(one.sent for one in theirs), 20)
        written = int(self.postgres.sql("aremko_db", "SELECT count(*) FROM ventas_categoriaproducto WHERE nombre = 'de ellos'"))
        self.assertEqual(written, sum(one.sent for one in theirs))
        spa.stop()
        self.assertNotRegex(spa.log_text(), "_failed|level=warning|level=error")
        for database in {"aremko_db", store}:
            for _ in range(3):
                left = subprocess.run(["psql", "-qXAt", pooler.url(database), "-c", LEFT_BEHIND], check=True,
                                      capture_output=True, text=True).stdout.strip()
                self.assertEqual(left, 'off|0|0|t|"$user", public|0|0|0|0|psql')

    def test_two_server_connections_for_all(self):
        self.postgres.create("mcpdb")
        self.all_verbs(2, "mcpdb")

    def test_one_server_connection_for_all_and_the_store_in_the_same_database(self):
        self.all_verbs(1, "aremko_db")

    def test_a_load_over_two_connections_goes_on_with_one(self):
        self.postgres.sql("aremko_db", "INSERT INTO ventas_pago (venta_reserva_id, monto, metodo_pago, fecha_pago) SELECT 1, 0, "
                          "'efectivo', now() FROM generate_series(1, 250000); ANALYZE")
        spa = self.spa(self.pooler(1).url("aremko_db"), self.legacy)
        started = time.monotonic()
        rows = json.loads(spa.run("stats", "--json").stdout)["current_database"]["total_customers"]
        self.assertGreater(rows, 500)
        self.assertLess(time.monotonic() - started, 30)


class OnABusyServer(Case):
    def loads(self, spa):
        return len(re.findall("event=load .*source=aremko_db", spa.log_text()))

    def test_only_what_is_about_guests_is_read_again_and_that_within_three_seconds(self):
        self.postgres.create("otra")
        self.postgres.sql("aremko_db", "CREATE TABLE django_session (id bigint)")
        self.postgres.sql("otra", "CREATE TABLE ventas_cliente (id bigint)")
        noise = [BookingSystem(self.postgres.url(database, "postgresql"), [statement], 0.3) for database, statement in
                 (("aremko_db", "INSERT INTO django_session VALUES (1)"), ("otra", "INSERT INTO ventas_cliente VALUES (1)"))]
        try:
            # The store is in the same database: what we commit ourselves must not make us read either.
            spa = self.spa(self.url, self.legacy, store_url=self.url).serve()
            time.sleep(3)
            before = self.loads(spa)
            spa.make_key()
            spa.post(BASE + "/sync/legacy-to-current")
            time.sleep(10)
            self.assertEqual(self.loads(spa), before)

            # Over one kept connection, right after another commit of it: the server's counters know nothing of it yet.
            late = subprocess.Popen(["psql", "-qXAt", self.postgres.url("aremko_db", "postgresql")], stdin=subprocess.PIPE, text=True)
            self.closing.callback(late.wait)
            self.closing.callback(late.stdin.close)
            for name in ("María Frutillar", "María Ancud", "María Castro"):
                late.stdin.write(f"INSERT INTO django_session VALUES (2); UPDATE ventas_cliente SET nombre = '{name}' WHERE id = 123;\n")
                late.stdin.flush()
                started = time.monotonic()
                self.assertTrue(eventually(lambda: spa.get(PROFILE).json["basic_info"]["nombre"] == name, 10))
                self.assertLess(time.monotonic() - started, 3.5)
        finally:
            failures = [one.stop() for one in noise]
        self.assertEqual(failures, ["", ""])


class WhatIsWrongIsSaid(Case):
    def test_on_the_command_line_and_in_ready(self):
        self.postgres.sql("aremko_db", "CREATE ROLE lector LOGIN PASSWORD 'buena'")
        rules = self.postgres.folder / "data" / "pg_hba.conf"
        rules.write_text("host all lector 127.0.0.1/32 scram-sha-256\nhost all nadie 127.0.0.1/32 reject\n" + rules.read_text(encoding="utf-8"),
                         encoding="utf-8")
        self.postgres.sql("aremko_db", "SELECT pg_reload_conf()")
        at = f"127.0.0.1:{self.postgres.port}"
        seen = set()
        for url, words in {f"postgres://lector:mala@{at}/aremko_db": "el usuario o la contraseña",
                           f"postgres://lector@{at}/aremko_db": "pide una contraseña",
                           f"postgres://aremko@{at}/nosuch": "no existe la base de datos «nosuch»",
                           f"postgres://nadie@{at}/aremko_db": "pg_hba.conf",
                           f"postgres://inventado@{at}/aremko_db": "no existe en el servidor",
                           f"postgres://aremko@{at}/aremko_db?ssl=true": "no ofrece TLS",
                           "postgres://aremko@127.0.0.1:1/aremko_db": "nada acepta conexiones",
                           "postgres://aremko@no-such-host.invalid/aremko_db": "no se encuentra el servidor",
                           f"postgres://aremko@{at}/aremko_db?schema=otro": "no tiene el esquema «otro»",
                           f"sqlite:///{self.folder}/none.sqlite3": "no existe el archivo"}.items():
            with self.subTest(words):
                done = self.spa(url, None).run("sources", "--json", check=False)
                said = done.stdout + done.stderr
                self.assertIn(words, said)
                self.assertNotIn("mala", said)
                self.assertNotIn("lector", said)
                seen.add(words)
        self.assertEqual(len(seen), 10)
        spa = self.spa(f"postgres://lector:mala@{at}/aremko_db", None).serve(wait_ready=False)
        self.assertTrue(eventually(lambda: "contraseña" in spa.get("/api/v1/ready", key=None).body.decode(), 10))


if __name__ == "__main__":
    unittest.main()
