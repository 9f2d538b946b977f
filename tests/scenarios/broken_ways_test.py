#!/usr/bin/env python3
"""The booking system's own ways, mixed and broken: a discount larger than its sale, refunds without a sale, gift cards of
nobody, a consent table with other columns, a services file that renumbers, a customers file half of whose rows moved.
Everything is counted and said; nothing is guessed, and nobody is shown another's history."""
import csv
import json
import pathlib
import sqlite3
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import BASE, Spa, make_demo  # noqa: E402

LAST_DAY = "2026-11-20"
DISCOUNT = 19  # the demo's Descuento_Servicios
OFF, REFUNDED, RENUMBERED, LISTED = 90001, 90002, 90003, 90004


def customer(number, name, phone, email=None):
    return ("INSERT INTO ventas_cliente (id, nombre, email, telefono, created_at, opt_out_whatsapp, es_staff_proxy, region_geografica) "
            "VALUES (?, ?, ?, ?, '2026-01-05 12:00:00', 0, 0, 'sur')", (number, name, email, phone))


def sale(number, of, total, paid, state="pagado", day="2026-10-10", booked="checkout"):
    return ("INSERT INTO ventas_ventareserva (id, fecha_creacion, total, pagado, saldo_pendiente, estado_pago, estado_reserva, cobrado, "
            "cliente_id) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)", (number, f"{day} 12:00:00", total, paid, total - paid, state, booked, of))


def line(of, service, people, price, day="2026-10-10", hour="16:00"):
    return ("INSERT INTO ventas_reservaservicio (fecha_agendamiento, hora_inicio, cantidad_personas, precio_unitario_venta, servicio_id, "
            "venta_reserva_id) VALUES (?, ?, ?, ?, ?, ?)", (day, hour, people, price, service, of))


def payment(of, amount, method="tarjeta"):
    return ("INSERT INTO ventas_pago (fecha_pago, monto, metodo_pago, venta_reserva_id) VALUES ('2026-10-10 12:00:00', ?, ?, ?)",
            (amount, method, of))


def gift_card(number, buyer=None):
    return ("INSERT INTO ventas_giftcard (id, codigo, monto_inicial, monto_disponible, fecha_emision, fecha_vencimiento, estado, "
            "cliente_comprador_id) VALUES (?, ?, 50000, 50000, '2026-01-01', '2027-01-01', 'por_cobrar', ?)",
            (number, f"NADIE{number}", buyer))


def break_database(path):
    database = sqlite3.connect(path)
    for text, values in (
            customer(OFF, "Persona Descontada", "+56984280001"),
            sale(90001, OFF, -30_000, 0), line(90001, 1, 2, 25_000), line(90001, DISCOUNT, 80_000, -1, hour="00:00"),
            customer(REFUNDED, "Persona Reembolsada", "+56984280002"),
            sale(90002, REFUNDED, 50_000, 50_000), line(90002, 1, 2, 25_000), payment(90002, 50_000),
            payment(99_998, -20_000), payment(99_999, -20_000),                 # of sales that are not there
            sale(90003, REFUNDED, 0, -15_000, booked="pendiente"), payment(90003, -15_000),  # of one that was emptied
            gift_card(90001), gift_card(90002, buyer=99_999),
            customer(RENUMBERED, "Persona Renumerada Inventada", "+56984280003"),
            customer(LISTED, "Persona Con Correo", "+56984280004", "con.correo@example.cl")):
        database.execute(text, values)
    database.executescript("DROP TABLE ventas_emailblacklist; CREATE TABLE ventas_emailblacklist (id integer PRIMARY KEY, "
                           "direccion varchar(254), vigente bool); INSERT INTO ventas_emailblacklist VALUES (1, 'x@example.cl', 1);")
    database.commit()
    database.close()


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def write_rows(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


class BrokenWays(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="aremko-")))
        database, cls.legacy = make_demo(folder, customers=600, today=LAST_DAY)
        break_database(folder / "aremko.sqlite3")
        cls.customers_file = next(cls.legacy.glob("Clientes-*.csv"))
        services = rows_of(cls.legacy / "servicios_historicos.csv")
        # The live system's first two ids, as the old system had given them out years before.
        for number, day in ((1, "2021-05-05"), (1, "2022-06-06"), (2, "2022-06-06")):
            services.append(["Persona Renumerada Inventada", "Tina Osorno", "2", "40000", str(number), day, "Tinas", "2,021", "12:00"]
                            + [""] * 6)
        write_rows(cls.legacy / "servicios_historicos.csv", services)
        customers = rows_of(cls.customers_file)
        customers.append(["90003", "RENUMERADA", "2/25/2020 18:05", "", "984280003", "", "Persona Renumerada Inventada", "", "", ""])
        write_rows(cls.customers_file, customers)
        cls.spa = Spa(folder, database, cls.legacy, AREMKO_REFRESH_SECONDS="3600").serve()
        cls.addClassCleanup(cls.spa.stop)
        cls.sync()

    @classmethod
    def sync(cls):
        answer = cls.spa.post(BASE + "/sync/legacy-to-current")
        assert answer.status == 200, answer.body

    def get(self, path, **query):
        answer = self.spa.get(BASE + path, **query)
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json

    def profile(self, number):
        return self.get(f"/customers/{number}/profile", as_of=LAST_DAY)

    def refusals(self):
        """Rows refused, by the table or file and the reason's code."""
        return {(row["file"], row["code"], row["line"]) for row in self.get("/sources", limit=1000)["refused"]}

    def notes(self):
        return "\n".join(note for source in self.get("/sources")["sources"] for note in source["notes"])

    def test_1_a_discount_larger_than_its_sale(self):
        numbers = self.profile(OFF)["statistics"]
        self.assertEqual((numbers["total_visitas"], numbers["total_gastado"]), (1, -30_000))
        self.assertEqual(numbers["ultima_visita"], "2026-10-10T16:00:00")
        self.assertFalse([row for row in self.refusals() if row[2] == 90001])

    def test_2_refunds_without_a_sale(self):
        orphans = [row for row in self.refusals() if row[0] == "ventas_pago" and row[1] == "orphan"]
        self.assertEqual(sorted(row[2] for row in orphans), [99_998, 99_999])
        numbers = self.profile(REFUNDED)["statistics"]
        # The emptied sale's payment is gone, what was given back for it is not: 50.000 less 15.000.
        self.assertEqual((numbers["total_visitas"], numbers["total_gastado"]), (1, 35_000))

    def test_3_gift_cards_of_nobody(self):
        self.assertIn("ventas_giftcard: no es de nadie: sin comprador, destinatario ni venta (2 veces", self.notes())
        self.assertIn("ventas_giftcard: el comprador no existe (1 vez", self.notes())
        for number in (OFF, REFUNDED, LISTED):
            self.assertNotIn("NADIE", json.dumps(self.profile(number)))

    def test_4_a_consent_table_with_other_columns_closes_its_channel(self):
        self.assertIn("ventas_emailblacklist", self.notes())
        found = self.get("/campaigns/inactive-customers", months=6, limit=100, as_of=LAST_DAY)["customers"]
        self.assertGreater(len(found), 20)
        self.assertFalse([one for one in found if "email" in one["channels"]])
        self.assertTrue([one for one in found if "whatsapp" in one["channels"]])

    def test_5_a_services_file_that_renumbers(self):
        numbers = self.profile(RENUMBERED)["statistics"]
        self.assertEqual((numbers["total_visitas"], numbers["total_gastado"]), (3, 120_000))
        self.assertEqual(numbers["primera_visita"], "2021-05-05T12:00:00")
        self.assertGreater([f for f in self.get("/data-health")["findings"] if f["code"] == "live_sales"][0]["count"], 10)

    def test_6_a_customers_file_half_of_whose_rows_moved(self):
        before = self.links()
        self.assertGreater(len(before), 100)
        rows = rows_of(self.customers_file)
        half = [row for row in rows[1:] if int(row[0]) % 2 == 0]
        for row, number in zip(half, [row[0] for row in half[7:] + half[:7]]):
            row[0] = number
        shifted = [row for row in rows[1:] if int(row[0]) % 2 == 1 and row[4] and row[7]][:5]
        for row in shifted:
            row.insert(3, "")  # one separator too many
        write_rows(self.customers_file, rows)
        self.assertEqual(self.spa.post(BASE + "/refresh").status, 200)
        refused = [row for row in self.refusals() if row[1] == "shifted_row"]
        self.assertEqual(len(refused), len(shifted))
        after = self.links()
        self.assertGreater(len(after), len(before) * 9 // 10)
        wrong = {record: (whose, before.get(record)) for record, whose in after.items() if before.get(record) != whose}
        self.assertEqual(wrong, {}, "a record is another's now")
        moved = [finding for finding in self.get("/data-health")["findings"] if finding["code"] == "links_moved"]
        self.assertGreater(moved[0]["count"], len(before) // 4)
        self.sync()
        self.assertEqual({k: v for k, v in self.links().items() if before.get(k, v) != v}, {})

    def links(self):
        """Record id of the file → the customer whose profile shows it."""
        out = {}
        for number in [*range(1, 601), RENUMBERED]:
            for record in (self.profile(number)["legacy_data"] or {"records": []})["records"]:
                out[record["record_id"]] = number
        return out


if __name__ == "__main__":
    unittest.main()
