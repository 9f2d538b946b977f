#!/usr/bin/env python3
"""What is wrong in the data is found, counted and said, over SQLite and PostgreSQL; and nobody's data is in it."""
import contextlib
import csv
import json
import pathlib
import sqlite3
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import BASE, Postgres, Spa, make_demo  # noqa: E402

PATH = BASE + "/data-health"
SCHEMA = """
CREATE TABLE ventas_cliente (id bigint PRIMARY KEY, nombre varchar(100) NOT NULL, telefono varchar(20) UNIQUE, email varchar(254),
  documento_identidad varchar(20), pais varchar(100), ciudad varchar(100), created_at timestamp, es_staff_proxy bool);
CREATE TABLE ventas_ventareserva (id bigint PRIMARY KEY, cliente_id bigint, total numeric(10,0), fecha_creacion timestamp,
  fecha_reserva timestamp, estado_pago varchar(20));
CREATE TABLE ventas_servicio (id bigint PRIMARY KEY, nombre varchar(100), precio_base numeric(10,0));
CREATE TABLE ventas_reservaservicio (id bigint PRIMARY KEY, venta_reserva_id bigint, servicio_id bigint, fecha_agendamiento date,
  hora_inicio varchar(5));
INSERT INTO ventas_servicio VALUES (1, 'Tina', 40000);
"""
GIVEN = ["Ana", "Luis", "Carla", "Pedro", "Rosa", "Diego", "Elena", "Marta"]
PARTS = ["bar", "cal", "dor", "fer", "gal", "lor", "mon", "nav", "qui", "sal", "tor", "vil"]


def person(number: int) -> str:
    """An invented name, its surname far from every other's."""
    mixed, surname = number * 7919 % 20736, "S"
    for _ in range(4):
        surname, mixed = surname + PARTS[mixed % 12], mixed // 12
    return f"{GIVEN[number % 8]} {surname}"


def phone(number: int) -> str:
    return f"9{40_000_000 + 7 * number}"


def rut(number: int) -> str:
    body = 12_000_000 + 13 * number
    digit = 11 - sum(int(d) * w for d, w in zip(reversed(str(body)), (2, 3, 4, 5, 6, 7) * 2)) % 11
    return f"{body}-{'0' if digit == 11 else 'K' if digit == 10 else digit}"


def customers() -> list[list]:
    rows = [[i + 1, person(i), "+56" + phone(i), f"persona{i}@example.cl", rut(i), "Chile", "Puerto Montt", "2022-05-05 12:00:00", False]
            for i in range(200)]
    rows[1][4] = "12345678-9"                    # a wrong check digit
    rows[2][4] = "11.111.111-1"                  # a filler
    rows[3][4] = phone(3)                        # a phone in the RUT's column
    rows[5][4] = rows[4][4]                      # another's RUT
    rows[7][3] = rows[6][3]                      # another's e-mail
    rows[8][2] = "123"                           # nobody's phone
    rows.append([201, person(10) + " Vera", None, None, rut(10), None, None, None, False])  # once more, without contact
    rows.append([202, "Recepción", None, None, None, None, None, None, True])               # no customer
    return rows


def files(folder: pathlib.Path) -> pathlib.Path:
    legacy = folder / "legacy"
    legacy.mkdir()
    head = "Auto Increment,Record ID,Created On,Email,Telefono,Reservas,Client,Documento Identidad,Direccion,voucher".split(",")
    with (legacy / "Clientes-2024-06-23-16-31-48.csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(head)
        for i in range(200):
            writer.writerow([i + 1, f"R{i}", "2/25/2020 18:05", f"persona{i}@example.cl", phone(i), "", person(i), rut(i),
                             "Puerto Montt, Los Lagos", ""])
        writer.writerow(["", "", "", "", "", "", "Nadie", "", "", ""])                     # line 202: no id
        writer.writerow([7, "R", "", "", phone(900), "", "Otra Persona", "", "", ""])      # line 203: an id again
        writer.writerow([204, "R204", "no", "", phone(901), "", "MarÃ­a PÃ©rez", "", "", ""])
    with (legacy / "servicios_historicos.csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow("cliente,servicio,cantidad,valor,reserva,checkin,categoria,Año,hora,mail,telefono,,,,".split(","))
        for i in range(300):
            day = "2021-01-01" if i % 10 == 0 else f"2022-05-{1 + i % 28:02}"
            writer.writerow([person(i % 200), "Tina", 1, 40000, i, day, "Tinas", "2,022", "14:30", "", phone(i % 12), "", "", "", ""])
    return legacy


def fill_sqlite(path: pathlib.Path) -> str:
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.executescript(SCHEMA)
        db.executemany("INSERT INTO ventas_cliente VALUES (?,?,?,?,?,?,?,?,?)", customers())
    return f"sqlite:///{path}"


def fill_postgres(server: Postgres) -> str:
    url = server.create("dirty")
    value = {None: "NULL", True: "true", False: "false"}
    rows = ",".join("(" + ",".join(value[v] if v is None or isinstance(v, bool) else f"'{v}'" for v in row) + ")" for row in customers())
    server.sql("dirty", SCHEMA + f"INSERT INTO ventas_cliente VALUES {rows}")
    return url


class Dirty:
    """The same dirty rows in either engine."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="aremko-")
        path = pathlib.Path(cls.folder.name)
        cls.spa = Spa(path, cls.fill(path), files(path)).serve()

    @classmethod
    def tearDownClass(cls):
        cls.spa.stop()
        cls.folder.cleanup()

    @staticmethod
    def found(report, source):
        return {(f["code"], f["column"]): f for f in report["findings"] if f["source"] == source}

    def test_every_fault_of_the_database_is_found(self):
        spa = self.spa
        found = self.found(spa.get(PATH).json, "aremko_db")
        counts = {key: finding["count"] for key, finding in found.items()}
        self.assertEqual(counts, {("reused_rut", "documento_identidad"): 2, ("duplicates", None): 2,
                                  ("wrong_check_digit", "documento_identidad"): 1, ("placeholder_rut", "documento_identidad"): 1,
                                  ("phone_in_document", "documento_identidad"): 1, ("shared_value", "email"): 2,
                                  ("invalid_phone", "telefono"): 1, ("no_contact", None): 1, ("notes", None): 0})
        self.assertEqual(found["reused_rut", "documento_identidad"]["groups"], [["5", "6"]])
        self.assertEqual(found["duplicates", None]["groups"], [["11", "201"]])
        self.assertEqual(found["wrong_check_digit", "documento_identidad"]["ids"], ["2"])
        self.assertEqual(found["phone_in_document", "documento_identidad"]["ids"], ["4"])
        self.assertEqual(found["shared_value", "email"]["groups"], [["7", "8"]])

    def test_every_fault_of_the_files_is_found(self):
        spa = self.spa
        report = spa.get(PATH).json
        found = self.found(report, "clientes_legacy")
        self.assertEqual(set(found), {("refused_rows", None), ("invalid_date", "created_on"), ("repaired_text", None),
                                      ("notes", None)})
        self.assertEqual(sorted((f["code"], f["ids"], f["count"]) for f in report["findings"]
                                if f["source"] == "clientes_legacy" and f["code"] == "refused_rows"),
                         [("refused_rows", ["202"], 1), ("refused_rows", ["203"], 1)])
        self.assertEqual(found["invalid_date", "created_on"]["count"], 1)
        self.assertEqual(found["repaired_text", None]["count"], 1)
        services = self.found(report, "servicios_legacy")
        self.assertEqual(services["broken_lookup", "telefono"]["severity"], "high")
        self.assertEqual(services["broken_lookup", "telefono"]["values"], 12)
        self.assertEqual(services["placeholder_date", "checkin"]["count"], 30)
        self.assertEqual(services["empty_column", "mail"]["count"], 300)
        self.assertEqual(set(services), {("broken_lookup", "telefono"), ("placeholder_date", "checkin"), ("empty_column", "mail"),
                                         ("notes", None)})

    def test_completeness_of_every_source(self):
        spa = self.spa
        rows = {row["source"]: row for row in spa.get(PATH).json["completeness"]}
        self.assertEqual(rows["aremko_db"]["rows"], 201, "staff are no customers")
        self.assertEqual(rows["aremko_db"]["phone"], {"count": 199, "percentage": 99.0})
        self.assertEqual(rows["aremko_db"]["rut"]["count"], 198)
        self.assertEqual(rows["aremko_db"]["city"]["count"], 200)
        self.assertIsNone(rows["servicios_legacy"]["rut"])
        self.assertEqual(rows["servicios_legacy"]["email"]["count"], 0)

    def test_nobodys_data_is_in_the_report(self):
        spa = self.spa
        text = spa.get(PATH).body.decode()
        for i in (1, 3, 4, 6, 10):
            for secret in (person(i).split()[1], phone(i), rut(i), f"persona{i}@"):
                self.assertNotIn(secret, text)

    def test_one_source_english_and_the_keys(self):
        spa = self.spa
        answer = spa.get(PATH, headers={"Accept-Language": "en"}, source="clientes_legacy").json
        self.assertEqual({f["source"] for f in answer["findings"]}, {"clientes_legacy"})
        self.assertIn("Rows that could not be used", answer["findings"][0]["meaning"])
        self.assertEqual(spa.get(PATH, source="nada").status, 404)
        self.assertEqual(spa.get(PATH, key=None).status, 401)
        self.assertEqual(spa.get(PATH, colour="red").status, 422)

    def test_the_report_at_the_shell(self):
        spa = self.spa
        text = spa.run("health").stdout
        self.assertLess(text.index("GRAVE"), text.index("LEVE"))
        self.assertIn("[broken_lookup]", text)
        self.assertIn("Qué hacer:", text)
        self.assertIn("clientes: 5, 6", text)
        answer = json.loads(spa.run("health", "--json").stdout)
        self.assertEqual(answer["summary"], spa.get(PATH).json["summary"])


class DirtySqlite(Dirty, unittest.TestCase):
    @classmethod
    def fill(cls, path):
        return fill_sqlite(path / "dirty.sqlite3")


class DirtyPostgres(Dirty, unittest.TestCase):
    @classmethod
    def fill(cls, path):
        cls.postgres = Postgres()
        return fill_postgres(cls.postgres)

    @classmethod
    def tearDownClass(cls):
        super().tearDownClass()
        cls.postgres.close()


class Demo(unittest.TestCase):
    def test_the_demos_dirt(self):
        with tempfile.TemporaryDirectory(prefix="aremko-") as folder:
            path = pathlib.Path(folder)
            spa = Spa(path, *make_demo(path, customers=2000))
            report = json.loads(spa.run("health", "--json").stdout)
            found = {(f["source"], f["code"], f["column"]) for f in report["findings"]}
            for column in ("telefono", "mail"):
                self.assertIn(("servicios_legacy", "broken_lookup", column), found)
            for code in ("duplicates", "phone_in_name", "wrong_check_digit", "phone_in_document"):
                self.assertTrue(any(f[:2] == ("clientes_legacy", code) for f in found), code)
            self.assertFalse([f for f in found if f[1] == "broken_lookup" and f[0] != "servicios_legacy"])
            order = ["high", "medium", "low", "info"]
            ranks = [order.index(f["severity"]) for f in report["findings"]]
            self.assertEqual(ranks, sorted(ranks))


if __name__ == "__main__":
    unittest.main()
