#!/usr/bin/env python3
"""Every guest's visits, money, last visit, next visit and segment, against a reading of the same data by somebody else
(reading.py), at four instants, on SQLite and on PostgreSQL: no difference."""
import collections
import datetime
import difflib
import http.client
import json
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import BASE, STORY_DAY, Postgres, Spa, make_demo  # noqa: E402
from reading import LIVE_SINCE, ZONE, Figures, Reading, cut_name, fold  # noqa: E402

GUESTS = 2000
FAR = "2035-01-01"


def spa_now():
    return datetime.datetime.now(ZONE).replace(tzinfo=None)


class Api:
    """One kept connection: thousands of answers are asked for."""

    def __init__(self, spa):
        self.key, self.port = spa.make_key(), spa.port
        self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)

    def get(self, path):
        self.connection.request("GET", BASE + path, headers={"X-API-Key": self.key, "X-Tenant": "aremko"})
        answer = self.connection.getresponse()
        body = answer.read()
        return answer.status, json.loads(body) if body else None

    def pages(self, path, field):
        """Every entry of a list that is walked with cursors or offsets."""
        cursor = ""
        while True:
            status, page = self.get(path + cursor)
            assert status == 200, page
            yield from page[field]
            if not page.get("next"):
                return
            cursor = "&cursor=" + page["next"]


def close(one, other):
    """One word, whole, cut or with a slip."""
    return one[:3] == other[:3] or difflib.SequenceMatcher(None, one, other).ratio() > 0.7


class Ties:
    """Which names of the services file are a customer's, by the mappings that the program holds."""

    def __init__(self, api, reading):
        self.api, self.reading = api, reading
        people = {}
        offset, page = 0, None
        while page is None or page:
            status, answer = api.get(f"/legacy/customers?limit=500&offset={offset}&as_of={FAR}")
            assert status == 200, answer
            page = answer["customers"]
            for person in page:
                people[person["legacy_id"]] = person
            offset += len(page)
        self.customer_of = {}
        for status in ("active", "accepted"):
            for mapping in api.pages(f"/mappings?status={status}&limit=500", "mappings"):
                self.customer_of[mapping["legacy_id"]] = mapping["current_id"]
        self.bearers = collections.defaultdict(set)   # folded name → legacy ids
        self.cut_bearers = collections.defaultdict(set)
        for legacy_id, person in people.items():
            self.bearers[fold(person["nombre"])].add(legacy_id)
            self.cut_bearers[cut_name(person["nombre"])].add(legacy_id)
        self.shared = 0

    def visits_of(self):
        """customer → their legacy visits. Where people of one name are not one customer, the program says whose a
        reservation is: ties of shared names are not read again here."""
        out = collections.defaultdict(list)
        unborne = collections.defaultdict(list)  # names that no row bears so: written shorter, longer or misspelt
        for name, visits in self.reading.legacy.items():
            owners = {self.customer_of.get(legacy_id) for legacy_id in self.bearers[name] or self.cut_bearers[name]}
            if not owners:
                for visit in visits:
                    unborne[visit.number, visit.moment and visit.moment.date()].append((name, visit))
            if len(owners) == 1:
                out[owners.pop()] += visits
                continue
            self.shared += 1
            for owner in owners - {None}:
                theirs = self.reservations(owner)
                out[owner] += [visit for visit in visits if (visit.number, visit.moment and visit.moment.date()) in theirs]
        out.pop(None, None)
        self.find_shorter_names(out, unborne)
        return out

    def find_shorter_names(self, out, unborne):
        """Whose these are is the program's to say; that their names may be one person's is read again."""
        names = collections.defaultdict(set)  # customer → words of their name and of their old records' names
        for name, legacy_ids in self.bearers.items():
            for legacy_id in legacy_ids:
                names[self.customer_of.get(legacy_id)] |= set(name.split())
        names.pop(None, None)
        for customer, words in names.items():
            words |= set(fold(self.api.get(f"/customers/{customer}/profile")[1]["basic_info"]["nombre"]).split())
            for key in self.reservations(customer) & unborne.keys():
                for name, visit in unborne[key]:
                    alike = sum(any(close(one, other) for other in words) for one in name.split())
                    if alike >= 2:
                        out[customer].append(visit)

    def reservations(self, customer):
        found = set()
        for visit in self.visits(customer):
            if visit["source"] == "legacy":
                day = visit["fecha"] and datetime.date.fromisoformat(visit["fecha"][:10])
                found.add((visit["reserva"], day))
        return found

    def visits(self, customer):
        offset = 0
        while True:
            status, page = self.api.get(f"/customers/{customer}/visits?limit=100&offset={offset}&as_of={FAR}")
            if status != 200 or not page["visits"]:
                return
            yield from page["visits"]
            offset += len(page["visits"])


class SecondReading:
    spa: Spa
    reading: Reading

    @classmethod
    def prepare(cls):
        answer = cls.spa.post(BASE + "/sync/legacy-to-current")
        assert answer.status == 200, answer.body
        cls.api = Api(cls.spa)
        cls.ties = Ties(cls.api, cls.reading)
        cls.legacy = cls.ties.visits_of()

    def said(self, guest, as_of, now):
        """The program's figures of a guest; None when it does not know them yet at that instant."""
        query = f"?as_of={as_of}" if as_of else ""
        status, profile = self.api.get(f"/customers/{guest}/profile{query}")
        if status == 404:
            return None
        self.assertEqual(status, 200, profile)
        numbers = profile["statistics"]
        moment = lambda text: text and datetime.datetime.fromisoformat(text)
        figures = Figures(0, 0, None, None, None, profile["debe"], now)
        figures.visits, figures.spent = numbers["total_visitas"], numbers["total_gastado"]
        figures.last, figures.next = moment(numbers["ultima_visita"]), moment(numbers["proxima_visita"])
        figures.segment = profile["rfm_analysis"]["segment"]
        return figures

    def compare(self, as_of):
        now = datetime.datetime.fromisoformat(as_of + "T23:59") if as_of else None
        differences, seen = [], collections.Counter()
        for guest in self.reading.guests:
            before = now or spa_now()
            said = self.said(guest, as_of, before)
            if said is None or not self.reading.knows(guest, before):
                self.assertEqual(said is not None, self.reading.knows(guest, before), f"guest {guest} at {as_of or 'now'}")
                seen["not yet"] += 1
                continue
            read = [self.reading.figures(guest, self.legacy[guest], when) for when in {before, now or spa_now()}]
            seen[said.segment] += 1
            seen["visits"] += said.visits
            seen["upcoming"] += said.next is not None
            if said not in read:
                differences.append(f"guest {guest} at {as_of or 'now'}: the program says {said}; read: {read[0]}")
        print(f"{as_of or 'now'}: {len(self.reading.guests)} guests, {dict(seen)}, {len(differences)} differences", flush=True)
        self.assertEqual(len(differences), 0, "\n".join(differences[:12]))
        return seen

    def test_1_there_is_something_to_read(self):
        self.assertGreater(self.reading.blank_rows, 20)
        self.assertGreater(self.reading.live_rows, 50)
        self.assertGreater(sum(len(visits) for visits in self.legacy.values()), 300)
        self.assertLess(self.ties.shared, len(self.reading.legacy) / 10)
        live = [sale for sale in self.reading.sales.values() if sale.created.date() >= LIVE_SINCE]
        for what, holds in {"emptied": lambda s: s.total == 0 and not s.services, "below zero": lambda s: s.total < 0,
                            "refunded": lambda s: any(amount < 0 for _, amount, _ in s.payments),
                            "by gift card": lambda s: any(how == "giftcard" for _, _, how in s.payments),
                            "never came": lambda s: bool(s.services) and s.nothing_paid and not s.checked_in}.items():
            self.assertGreater(sum(map(holds, live)), 5, what)

    def test_2_at_this_moment(self):
        seen = self.compare(None)
        self.assertGreater(seen["upcoming"], 10)
        everyone = ("VIP", "Champions", "At Risk", "Loyal", "New", "Promising", "Hibernating", "Lost", "Occasional")
        self.assertGreaterEqual(sum(seen[segment] > 0 for segment in everyone), 8)  # Loyal are three of two thousand

    def test_3_on_the_guides_day(self):
        self.compare(STORY_DAY)

    def test_4_in_the_middle_of_the_live_part(self):
        self.compare("2025-08-15")

    def test_5_while_the_services_file_ends(self):
        self.compare("2024-12-20")


def demo(folder, database=None):
    today = spa_now().date().isoformat()
    return make_demo(folder, customers=GUESTS, database_url=database, today=today)


class OnSqlite(SecondReading, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        database, legacy = demo(cls.folder)
        cls.reading = Reading(cls.folder / "aremko.sqlite3", legacy / "servicios_historicos.csv")
        cls.spa = Spa(cls.folder, database, legacy).serve()
        cls.addClassCleanup(cls.spa.stop)
        cls.prepare()


class OnPostgres(SecondReading, unittest.TestCase):
    """The same people in PostgreSQL; what is read a second time is the SQLite file of the same seed."""

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        (cls.folder / "sqlite").mkdir()
        _, legacy = demo(cls.folder / "sqlite")
        postgres = Postgres()
        cls.addClassCleanup(postgres.close)
        database, _ = demo(cls.folder, postgres.create("spa"))
        cls.reading = Reading(cls.folder / "sqlite" / "aremko.sqlite3", legacy / "servicios_historicos.csv")
        cls.spa = Spa(cls.folder, database, legacy).serve()
        cls.addClassCleanup(cls.spa.stop)
        cls.prepare()


if __name__ == "__main__":
    unittest.main()
