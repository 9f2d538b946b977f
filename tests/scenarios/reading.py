"""What a visit, money, the last visit, the next one and the segment of a guest are, read a second time: in plain Python
from the page of meanings, over the booking system's tables and the two legacy files, for the tests to hold the program to.
Nothing here knows how the program does it. Who is who is not read again: which legacy record is which customer is told."""
import collections
import csv
import datetime
import re
import sqlite3
import unicodedata
import zoneinfo

ZONE = zoneinfo.ZoneInfo("America/Santiago")
LIVE_SINCE = datetime.date(2024, 10, 1)  # the booking system's first day
PLACEHOLDERS = {"2021-01-01", "2021-02-02"}
HOUSE = "aremko"
CANCELLED_LINE = re.compile(r"\b(anulad|eliminad|cancelad)", re.IGNORECASE)
STEPS = {"R": (30, 90, 180, 365), "F": (20, 10, 5, 2), "M": (1_500_000, 700_000, 300_000, 100_000)}


def fold(text):
    """Lower-case letters without accents, single blanks."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain.lower()).split())


def house_account(name):
    """Whether a name is the house's: its own name as a word, also in letters apart, or glued to a word of the trade."""
    words = re.sub(r"\b(\w) (?=\w\b)", r"\1", fold(name)).split()
    trade = r"(spa|hotel|hostal|lodge|caba(na|nas)|recepcion|reservas?|caja|tinas|masajes|ventas|[0-9]+)"
    return any(re.fullmatch(f"{trade}?{HOUSE}{trade}?", word) for word in words)


def named_discount(name, kind, price):
    """What a catalogue's service or product is by its name: no service, but money taken off."""
    words = fold(name).replace("des cuento", "descuento")
    clear = r"(descuento\w*|dctos?|dsctos?|dtos?|desctos?)\d*\b"
    if price < 0 or re.match(clear, words):
        return True
    if kind in ("tina", "masaje", "cabana"):
        return False
    likely = r"(desc|rebaja\w*|bonifica\w*|ajustes?|discounts?|cupon|cupones)\d*\b"
    if price <= 1 and (re.match(likely, words) or re.match(r"promo.*(%| -)", name.lower())):
        return True
    return bool(re.search(r"\b" + clear, words)) and not re.search(r"\b(tina|masaje|cabana)", words)


def nobody_came(row):
    """Whether a line of the services file is a discount, a gift card or a product."""
    name = fold(row["servicio"])
    real = family(row["categoria"]) != "otro" or re.search(r"\b(tina|masaje|cabana)", name)
    bought = re.match(r"gift ?card|tarjeta (de )?regalo", name) or (fold(row["categoria"]).startswith("producto") and not real)
    return bool(bought) or named_discount(row["servicio"], family(row["categoria"]), 2)


def legacy_money(row):
    amount = int(row["valor"].replace(",", ""))
    return -abs(amount) if named_discount(row["servicio"], family(row["categoria"]), 2) else amount


def method_of(text):
    """A way of paying whatever its spelling: "Gift Card" and "gift_card" are one."""
    letters = re.sub(r"[^a-z]", "", text.lower())
    return letters.removesuffix("s")


def cut_name(name):
    """What the services file has of a name: all before its first letter that is neither ASCII nor an accented vowel."""
    whole = re.match(r"[\x00-\x7fáéíóúÁÉÍÓÚ]*", name).group(0)
    return fold(whole)


def local(text):
    """A moment of the booking system, kept in UTC, on the spa's clock; None for none."""
    if not text:
        return None
    utc = datetime.datetime.fromisoformat(text).replace(tzinfo=datetime.timezone.utc)
    return utc.astimezone(ZONE).replace(tzinfo=None, second=0, microsecond=0)


def at(day, hour="00:00"):
    return datetime.datetime.fromisoformat(f"{day}T{hour}")


class Sale:
    def __init__(self, row):
        self.id, self.customer, self.paid_state, self.booked_state = row["id"], row["cliente_id"], row["estado_pago"], row["estado_reserva"]
        self.total, self.paid, self.balance = int(row["total"]), int(row["pagado"]), int(row["saldo_pendiente"])
        self.created, self.reserved = local(row["fecha_creacion"]), local(row["fecha_reserva"])
        self.services = []     # (moment, family): what somebody came for
        self.payments = []     # (moment, amount, method)
        self.sum_of_lines = 0  # adjustments and gift cards sold included

    @property
    def moment(self):
        return min((moment for moment, _ in self.services), default=self.reserved or self.created)

    @property
    def checked_in(self):
        return self.booked_state in ("checkin", "checkout")

    @property
    def cancelled(self):
        return self.paid_state == "cancelado"

    @property
    def is_booking(self):
        return not self.cancelled and bool(self.services)

    @property
    def nothing_paid(self):
        money = sum(amount for _, amount, method in self.payments if method != "descuento")  # which is no way of paying
        return self.paid_state in ("pendiente", "parcial") and self.paid <= 0 and money <= 0

    @property
    def paid_back(self):
        """Whole, by the end of its day, whatever its own columns still say."""
        amounts = [amount for when, amount, method in self.payments
                   if method != "descuento" and (when or self.created).date() <= self.moment.date()]
        back = -sum(amount for amount in amounts if amount < 0)
        return sum(amounts) <= 0 < back and back >= self.paid

    def is_visit(self, now):
        if not self.is_booking or ((self.nothing_paid or self.paid_back) and not self.checked_in):
            return False
        return self.moment <= now if self.checked_in else self.moment.date() < now.date()

    def is_upcoming(self, now):
        if not self.is_booking or self.created > now:
            return False
        return self.moment > now if self.checked_in else self.moment.date() >= now.date()

    def spent(self, now):
        """What its guest paid or owes for it, as far as now knows."""
        if self.paid_state not in ("pagado", "parcial") or self.moment > now:
            return 0
        if self.is_booking and not self.is_visit(now):
            return 0
        known = [(amount, method) for when, amount, method in self.payments if when <= now]
        off = sum(amount for amount, method in known if method == "descuento")
        # The booking system takes them off the total itself; then they are off already.
        all_off = sum(amount for _, amount, method in self.payments if method == "descuento")
        if self.sum_of_lines == self.total + all_off:
            off = 0
        by_card = sum(amount for amount, method in known if method == "giftcard")
        covered = min(by_card + off, max(0, self.total))  # never more than it cost
        refunds = -sum(amount for amount, method in known if amount < 0 and method != "descuento")
        net = sum(amount for amount, method in known if method != "descuento") + off
        return self.total - covered - min(refunds, max(0, self.total - net))

    def owed(self, now):
        """What it leaves open today, if now knows it: money that the house gave back is no debt."""
        due = self.is_visit(now) if self.is_booking else self.paid_state in ("pagado", "parcial") and self.moment <= now
        if not due:
            return 0
        money = [amount for _, amount, method in self.payments if method != "descuento"]
        refunds = -sum(amount for amount in money if amount < 0)
        return max(0, self.balance - min(refunds, max(0, self.total - sum(money))))


class LegacyVisit:
    def __init__(self, moment, families, amount, name, number, came):
        self.moment, self.families, self.amount, self.name, self.number = moment, families, amount, name, number
        self.came = came  # else it is money alone


class Figures:
    """One guest at one instant."""

    def __init__(self, visits, spent, last, first, upcoming, owed, now):
        self.visits, self.spent, self.last, self.next, self.owed = visits, spent, last, upcoming, owed
        self.segment = segment_of(visits, spent, last, first, now)

    def __eq__(self, other):
        return vars(self) == vars(other)

    def __str__(self):
        return (f"{self.visits} visits, {self.spent} spent, {self.owed} owed, last {self.last}, next {self.next}, {self.segment}")


def step(value, bounds, better):
    return next((5 - i for i, bound in enumerate(bounds) if better(value, bound)), 1)


def segment_of(visits, spent, last, first, now):
    if visits == 0:
        return "Occasional"
    # Visits whose day nobody knows count, but say nothing of when: no recency, and no first visit that was of late.
    r = step((now.date() - last.date()).days, STEPS["R"], lambda v, b: v <= b) if last else 0
    f = step(visits, STEPS["F"], lambda v, b: v >= b)
    m = step(spent, STEPS["M"], lambda v, b: v >= b)
    if r >= 4 and f >= 4 and m >= 4:
        return "VIP"
    if r >= 4 and f >= 3 and m >= 3:
        return "Champions"
    if r <= 2 and f >= 3 and m >= 3:
        return "At Risk"
    if f >= 4 and m >= 3:
        return "Loyal"
    if r >= 4 and f <= 2:
        return "New" if first and (now.date() - first.date()).days <= 90 else "Promising"
    if r == 1:
        return "Hibernating" if f >= 2 else "Lost"
    return "Occasional"


class Reading:
    def __init__(self, database, services_file):
        connection = sqlite3.connect(database)
        connection.row_factory = sqlite3.Row
        self.rows = lambda query: connection.execute(query)
        self.sales = {row["id"]: Sale(row) for row in self.rows("SELECT * FROM ventas_ventareserva")}
        self.read_lines()
        self.sales_of = collections.defaultdict(list)
        for sale in self.sales.values():
            self.sales_of[sale.customer].append(sale)
        people = [row for row in self.rows("SELECT * FROM ventas_cliente ORDER BY id")
                  if not row["es_staff_proxy"] and not house_account(row["nombre"])]
        self.guests = [row["id"] for row in people]
        self.entered = {row["id"]: local(row["created_at"]) for row in people}
        self.live_rows = self.blank_rows = 0
        self.legacy = self.read_services_file(services_file)
        connection.close()

    def read_lines(self):
        lines = self.rows("SELECT r.*, s.nombre, s.precio_base, s.tipo_servicio FROM ventas_reservaservicio r "
                          "JOIN ventas_servicio s ON s.id = r.servicio_id")
        for row in lines:
            sale = self.sales[row["venta_reserva_id"]]
            price = row["precio_base"] if row["precio_unitario_venta"] is None else row["precio_unitario_venta"]
            sale.sum_of_lines += int(price) * row["cantidad_personas"]
            adjusts = price < 0 or named_discount(row["nombre"], row["tipo_servicio"], row["precio_base"])
            if not adjusts and not CANCELLED_LINE.search(row["nombre"]):
                sale.services.append((at(row["fecha_agendamiento"], row["hora_inicio"]), row["tipo_servicio"]))
        for row in self.rows("SELECT r.*, p.precio_base FROM ventas_reservaproducto r JOIN ventas_producto p ON p.id = r.producto_id"):
            price = row["precio_base"] if row["precio_unitario_venta"] is None else row["precio_unitario_venta"]
            self.sales[row["venta_reserva_id"]].sum_of_lines += int(price) * row["cantidad"]
        for row in self.rows("SELECT * FROM ventas_giftcard WHERE venta_reserva_id IS NOT NULL"):
            self.sales[row["venta_reserva_id"]].sum_of_lines += int(row["monto_inicial"])
        for row in self.rows("SELECT * FROM ventas_pago"):
            payment = (local(row["fecha_pago"]), int(row["monto"]), method_of(row["metodo_pago"]))
            self.sales[row["venta_reserva_id"]].payments.append(payment)

    def read_services_file(self, path):
        """The reservations of every name in it, by the name folded."""
        groups = collections.defaultdict(list)
        with open(path, encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if not any(row[column] for column in row if column):
                    self.blank_rows += 1
                    continue
                day = service_day(row["checkin"])
                if day and day >= LIVE_SINCE and int(row["reserva"]) in self.sales:
                    self.live_rows += 1
                    continue
                groups[fold(row["cliente"]), row["reserva"], day].append(row)
        legacy = collections.defaultdict(list)
        for (name, number, day), rows in groups.items():
            stand = [row for row in rows if not CANCELLED_LINE.search(row["servicio"])]
            if not name or not stand:
                continue
            hours = [hour for hour in (service_hour(row["hora"]) for row in stand) if hour]
            moment = at(day, min(hours, default="00:00")) if day else None
            amount = sum(legacy_money(row) for row in stand)
            services = [row for row in stand if not nobody_came(row)]
            legacy[name].append(LegacyVisit(moment, {family(row["categoria"]) for row in services}, amount, name, int(number),
                                            bool(services)))
        return legacy

    def knows(self, customer, now):
        """Nothing after an instant is seen: neither a customer entered after it."""
        return self.entered[customer] is None or self.entered[customer] <= now

    def figures(self, customer, legacy, now):
        """Of a customer at an instant, with the legacy visits that are theirs."""
        sales = self.sales_of[customer]
        visits = [sale for sale in sales if sale.is_visit(now)]
        known = {(sale.moment.date(), kind) for sale in visits for _, kind in sale.services}
        old = [visit for visit in legacy if visit.moment is None or visit.moment <= now]
        money = sum(visit.amount for visit in old if not visit.came)
        old = [visit for visit in old if visit.came]
        old = [visit for visit in old if visit.moment is None or not any((visit.moment.date(), kind) in known for kind in visit.families)]
        moments = sorted([sale.moment for sale in visits] + [visit.moment for visit in old if visit.moment])
        undated = any(visit.moment is None for visit in old)
        spent = sum(sale.spent(now) for sale in sales) + sum(visit.amount for visit in old) + money
        upcoming = min((sale.moment for sale in sales if sale.is_upcoming(now)), default=None)
        return Figures(len(visits) + len(old), spent, moments[-1] if moments else None,
                       moments[0] if moments and not undated else None, upcoming, sum(sale.owed(now) for sale in sales), now)


def service_day(text):
    """A day of the services file (its slashes are day first); None for none, and for a day that means none."""
    if not text or text in PLACEHOLDERS:
        return None
    if "/" in text:
        day, month, year = (int(part) for part in text.split("/"))
        return datetime.date(year, month, day)
    return datetime.date.fromisoformat(text)


def service_hour(text):
    found = re.fullmatch(r"(\d{1,2}):(\d\d)(?::\d\d)?(?: ([ap])\.m\.)?", text.strip())
    if not found:
        return None
    hour = int(found[1]) % 12 + (12 if found[3] == "p" else 0) if found[3] else int(found[1])
    return f"{hour:02}:{found[2]}"


def family(category):
    name = fold(category)
    return {"tinas": "tina", "masajes": "masaje", "cabanas": "cabana"}.get(name, "otro")
