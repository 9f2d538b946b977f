#!/usr/bin/env python3
"""The day's desk, what sells, the best guests, occupancy and the months of the year, against a second reading of the same
data (reading.py) in plain Python: no difference."""
import collections
import datetime
import json
import pathlib
import sqlite3
import sys
import tempfile
import time
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import BASE, Spa, make_demo  # noqa: E402
from meaning_test import Api, Ties, spa_now  # noqa: E402
from reading import CANCELLED_LINE, Reading, at, house_account, named_discount  # noqa: E402

GUESTS = 2000
BEGIN = "2010-01-01"


class Lines(Reading):
    """The reading, with every service line by itself."""

    def __init__(self, database, services_file):
        super().__init__(database, services_file)
        connection = sqlite3.connect(database)
        connection.row_factory = sqlite3.Row
        self.staff = {row["id"] for row in connection.execute("SELECT id, nombre, es_staff_proxy FROM ventas_cliente")
                      if row["es_staff_proxy"] or house_account(row["nombre"])}
        self.services = {row["id"]: row for row in connection.execute("SELECT * FROM ventas_servicio")}
        self.lines = []
        for row in connection.execute("SELECT * FROM ventas_reservaservicio ORDER BY id"):
            service = self.services[row["servicio_id"]]
            price = service["precio_base"] if row["precio_unitario_venta"] is None else row["precio_unitario_venta"]
            adjusts = price < 0 or named_discount(service["nombre"], service["tipo_servicio"], service["precio_base"])
            if not adjusts and not CANCELLED_LINE.search(service["nombre"]):
                self.lines.append((self.sales[row["venta_reserva_id"]], row, service, int(price) * row["cantidad_personas"]))
        self.closed = [(row["servicio_id"], row["fecha_inicio"], row["fecha_fin"]) for row in
                       connection.execute("SELECT * FROM ventas_serviciobloqueo WHERE activo = 1")]
        connection.close()

    def comes(self, sale, day, now):
        """Whether a sale is a booking of a day that is still to come, or whose guests came."""
        if sale.created > now or sale.cancelled:
            return False
        return not ((sale.nothing_paid or sale.paid_back) and not sale.checked_in) or day >= now.date()

    def current_visits(self, now, span):
        return [sale for sale in self.sales.values() if sale.customer not in self.staff and sale.is_visit(now)
                and span[0] <= sale.moment.date() <= span[1]]


def day(text):
    return datetime.date.fromisoformat(text)


class Business(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        database, legacy = make_demo(cls.folder, customers=GUESTS, today=spa_now().date().isoformat())
        cls.reading = Lines(cls.folder / "aremko.sqlite3", legacy / "servicios_historicos.csv")
        cls.spa = Spa(cls.folder, database, legacy).serve()
        cls.addClassCleanup(cls.spa.stop)
        answer = cls.spa.post(BASE + "/sync/legacy-to-current")
        assert answer.status == 200, answer.body
        cls.api = Api(cls.spa)
        ties = Ties(cls.api, cls.reading)
        cls.legacy = ties.visits_of()

    def get(self, path):
        status, answer = self.api.get(path)
        self.assertEqual(status, 200, answer)
        return answer

    def read_day(self, date, now):
        """sale → (hour, checked in, left to pay), the house's own apart."""
        found = collections.defaultdict(list)
        for sale, row, _, _ in self.reading.lines:
            if row["fecha_agendamiento"] == date and self.reading.comes(sale, day(date), now):
                found[sale.id].append(None if row["hora_inicio"] in ("", "00:00", None) else row["hora_inicio"])
        guests, house = {}, 0
        for number, hours in found.items():
            sale = self.reading.sales[number]
            if sale.customer in self.reading.staff:
                house += 1
                continue
            hour = min((at(date, hour) for hour in hours if hour), default=None)
            guests[number] = (hour, sale.checked_in or day(date) < now.date(), max(0, sale.balance))
        return guests, house

    def test_who_comes(self):
        today = spa_now().date()
        seen = 0
        for delta in (-400, -30, -1, 0, 1, 2, 7):
            date = (today + datetime.timedelta(days=delta)).isoformat()
            now = spa_now() if delta >= 0 else datetime.datetime.fromisoformat(date + "T23:59")
            told = self.get(f"/today?date={date}")
            # What nobody paid for and whose day has passed is gone, whatever instant is looked at.
            guests, house = self.read_day(date, now if delta >= 0 else datetime.datetime.combine(day(date) + datetime.timedelta(days=1), datetime.time()))
            said = {one["reserva"]: (one["hora"] and datetime.datetime.fromisoformat(one["hora"]), one["llego"], one["saldo"]) for one in told["llegadas"]}
            self.assertEqual(said, guests, date)
            totals = told["totales"]
            self.assertEqual((totals["llegan"], totals["cuentas_de_la_casa"]), (len(guests), house), date)
            self.assertEqual(totals["llegaron"], sum(came for _, came, _ in guests.values()))
            for one in told["llegadas"]:
                figures = self.reading.figures(one["customer_id"], self.legacy[one["customer_id"]], datetime.datetime.combine(day(date) - datetime.timedelta(days=1), datetime.time(23, 59)))
                if figures.visits > 0:
                    self.assertFalse(one["primera_vez"], one)
                    self.assertGreaterEqual(one["visitas_previas"], figures.visits)
            seen += len(guests)
        self.assertGreater(seen, 5)

    def test_what_sells(self):
        now = spa_now()
        spans = [("2025-03-01", "2026-02-28"), ("2026-03-01", "2026-09-30"), ("2025-11-01", "2025-11-30")]
        for first, last in spans:
            told = self.get(f"/stats/services?from={first}&to={last}")
            money, visits, people = collections.Counter(), collections.defaultdict(set), collections.Counter()
            came = {sale.id for sale in self.reading.current_visits(now, (day(first), day(last)))}
            for sale, row, service, amount in self.reading.lines:
                if sale.id not in came:
                    continue
                visits[service["id"]].add(sale.id)
                people[service["id"]] += row["cantidad_personas"]
                money[service["id"]] += amount if sale.paid_state in ("pagado", "parcial") else 0
            # The old files end before these spans: all is the booking system's.
            self.assertEqual({one["servicio_id"]: (one["ventas"], one["visitas"], one["personas"]) for one in told["servicios"] if one["visitas"]},
                             {number: (money[number], len(visits[number]), people[number]) for number in visits}, first)
            self.assertEqual(sum(part["monto"] for part in told["partes"]), told["ventas"])
            self.assertEqual(next(part["monto"] for part in told["partes"] if part["codigo"] == "servicios"), sum(money.values()))
            self.assertEqual(told["visitas"], len(came))
        told = self.get("/stats/services?from=2026-03-01&to=2026-09-30")
        self.assertEqual(told["comparacion"]["fuentes"], ["current"])
        before = self.get("/stats/services?from=2025-03-01&to=2025-09-30")
        self.assertAlmostEqual(told["cambio"], round(100 * (told["ventas"] - before["ventas"]) / before["ventas"], 1), delta=0.051)

    def test_the_best_guests(self):
        now = spa_now()
        told = self.get(f"/stats/best-guests?from={BEGIN}&to={now.date()}&limit=500")
        months = self.get("/stats/activity")
        self.assertEqual(told["total_gastado"], months["total_gastado"])
        checked = 0
        for one in told["guests"]:
            if one["customer_id"] is None:
                continue
            theirs = self.legacy[one["customer_id"]]
            figures = self.reading.figures(one["customer_id"], theirs, now)
            undated = sum(visit.amount for visit in theirs if visit.moment is None)
            if one["visitas"] != figures.visits - sum(visit.moment is None and visit.came for visit in theirs):
                continue  # a person of several rows
            self.assertEqual(one["gastado"], figures.spent - undated, one)
            checked += 1
        self.assertGreater(checked, 400)
        self.assertEqual([one["gastado"] for one in told["guests"]], sorted((one["gastado"] for one in told["guests"]), reverse=True))
        self.assertFalse({one["customer_id"] for one in told["guests"]} & self.reading.staff)

    def test_months_and_years(self):
        now = spa_now()
        told = self.get("/stats/activity")
        counts = collections.Counter(sale.moment.strftime("%Y-%m") for sale in self.reading.current_visits(now, (datetime.date.min, datetime.date.max)))
        months = {one["month"]: one for one in told["months"]}
        self.assertEqual({month: one["visitas"] - one["visitas_legacy"] for month, one in months.items() if one["visitas"] > one["visitas_legacy"]}, dict(counts))
        years = told["temporadas"]["anos"]
        self.assertEqual(years[-1], now.year - 1)
        self.assertTrue(told["temporadas"]["solo_agenda"])
        visits = lambda year, month: (one := months.get(f"{year}-{month:02}")) and one["visitas"] - one["visitas_legacy"] or 0
        for one in told["temporadas"]["meses"]:
            values = [visits(year, one["mes"]) for year in years]
            self.assertEqual((one["minimo"], one["maximo"]), (min(values), max(values)))
            self.assertAlmostEqual(one["media"], sum(values) / len(values), delta=0.051)
            over = one["mes"] < now.month
            self.assertEqual(one["este_ano"], visits(now.year, one["mes"]) if over else None)
        self.assertFalse(told["months"][-1]["completo"])
        self.compare_years(told, months, now)
        customers = sum(one["ltv_total"] for one in self.get("/stats/overview")["segments"].values())
        self.assertEqual(told["total_gastado"] - told["gastado_sin_cliente"] + told["gastado_sin_fecha"], customers)

    def compare_years(self, told, months, now):
        year = told["doce_meses"]
        end = now.year * 12 + now.month - 1
        names = lambda back: [f"{(end - i - 1) // 12}-{(end - i - 1) % 12 + 1:02}" for i in range(back, back + 12)]
        legacy = "legacy" in year["comparacion"]["fuentes"]
        count = lambda months_of: sum(months[name]["visitas"] - (0 if legacy else months[name]["visitas_legacy"]) for name in months_of)
        here, there = count(names(0)), count(names(12))
        self.assertEqual(year["visitas"], sum(months[name]["visitas"] for name in names(0)))
        self.assertAlmostEqual(year["cambio_visitas"], round(100 * (here - there) / there, 1), delta=0.051)
        if told["archivos_hasta"] < year["hasta"]:
            self.assertFalse(legacy)

    def test_occupancy(self):
        now = spa_now()
        first, last = now.date() - datetime.timedelta(days=60), now.date() + datetime.timedelta(days=10)
        told = self.get(f"/stats/occupancy?from={first}&to={last}")
        booked = collections.defaultdict(list)   # (service, day) → minutes
        for sale, row, service, _ in self.reading.lines:
            date = day(row["fecha_agendamiento"])
            stands = not sale.cancelled and sale.created <= now and not (
                (sale.nothing_paid or sale.paid_back) and not sale.checked_in and sale.moment.date() < now.date())
            if first <= date <= last and stands:
                booked[service["id"], date].append(row["hora_inicio"])
        kinds = {kind["tipo_servicio"]: kind for kind in told["tipos"]}
        self.assertIn("tina", kinds)
        measured = 0
        for kind in kinds.values():
            for one in kind["servicios"]:
                bookings = sum(len(booked[one["servicio_id"], first + datetime.timedelta(days=i)]) for i in range((last - first).days + 1))
                self.assertEqual(one["reservas"], bookings, one)
                if one["cupos"]:
                    measured += 1
                    self.assertEqual((one["cupos"], one["tomados"]), self.slots(one["servicio_id"], booked, first, last), one)
        self.assertGreater(measured, 3)
        self.assertIsNone(kinds["masaje"]["ocupacion"])

    def slots(self, number, booked, first, last):
        service = self.reading.services[number]
        minutes = lambda text: int(text[:2]) * 60 + int(text[3:5])
        length = service["duracion"]
        offered = taken = 0
        for i in range((last - first).days + 1):
            date = first + datetime.timedelta(days=i)
            if any(which == number and start <= date.isoformat() <= end for which, start, end in self.reading.closed):
                continue
            for slot in map(minutes, json.loads(service["slots_disponibles"])):
                offered += 1
                starts = [minutes(hour) for hour in booked[number, date] if hour and hour != "00:00"]
                taken += any(start < slot + length and slot < start + length for start in starts)
        return offered, taken

    def test_it_is_quick(self):
        paths = ["/today", "/stats/services", "/stats/best-guests", "/stats/occupancy", "/stats/activity"]
        for path in paths:
            times = []
            for _ in range(20):
                start = time.perf_counter()
                self.get(path)
                times.append(time.perf_counter() - start)
            print(f"{path}: median {1000 * sorted(times)[10]:.1f} ms of {GUESTS} guests", flush=True)


if __name__ == "__main__":
    unittest.main()
