"""Whose the lines of the services file are, as the program shows it after a sync, against the demo's truth_services.csv.

A reservation counts where the program shows it as a visit of anybody: of a customer (and the legacy records tied to them), of a
record of the customers file, or of a name of the services file that stands alone."""
import collections
import csv
import http.client
import json
import os
import pathlib
import re
import socket
import subprocess
import time
import unicodedata

BASE = "/api/v1/aremko"


class Server:
    def __init__(self, aremko, work):
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(("AREMKO_", "DATABASE_URL"))}
        self.environment |= {"DATABASE_URL": f"sqlite:///{work}/store.sqlite3", "AREMKO_DATABASE_URL": f"sqlite:///{work}/aremko.sqlite3",
                             "AREMKO_LEGACY_DATA_PATH": f"{work}/legacy"}
        self.aremko, self.work = str(pathlib.Path(aremko).resolve()), work
        self.run("sync")
        self.key = self.run("keys", "create", "--scope", "admin").splitlines()[-1].strip()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]

    def run(self, *arguments):
        return subprocess.run([self.aremko, *arguments], env=self.environment, cwd=self.work, check=True, capture_output=True, text=True).stdout

    def __enter__(self):
        self.process = subprocess.Popen([self.aremko, "serve", "--host", "127.0.0.1", "--port", str(self.port)], env=self.environment,
                                        cwd=self.work, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(600):
            try:
                self.connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                self.connection.request("GET", "/api/v1/ready")
                answer = self.connection.getresponse()
                answer.read()
                if answer.status == 200:
                    return self
            except OSError:
                pass
            time.sleep(0.1)
        raise SystemExit("the server did not become ready")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)

    def get(self, path):
        while True:
            self.connection.request("GET", BASE + path, headers={"X-API-Key": self.key, "X-Tenant": "aremko"})
            answer = self.connection.getresponse()
            body = answer.read()
            if answer.status == 429:
                time.sleep(float(answer.headers.get("Retry-After", 1)))
                continue
            if answer.status != 200:
                raise SystemExit(f"{path}: {answer.status} {body[:200]}")
            return json.loads(body)

    def pages(self, path, field, limit):
        cursor = ""
        while True:
            page = self.get(f"{path}{'&' if '?' in path else '?'}limit={limit}{cursor}")
            yield from page[field]
            if not page.get("next_cursor"):
                return
            cursor = f"&cursor={page['next_cursor']}"


def reservations(work):
    """number -> its named lines, by their places in the file."""
    lines = collections.defaultdict(list)
    with open(next((work / "legacy").glob("servicios*.csv")), newline="") as file:
        for at, row in enumerate(csv.DictReader(file), 1):
            if row["cliente"].strip():
                lines[row["reserva"]].append((at, row))
    return lines


def truth(work):
    with open(work / "truth_services.csv", newline="") as file:
        return {int(r["line"]): (r["current_id"], frozenset(r["legacy_ids"].split())) for r in csv.DictReader(file)}


def shown(server):
    """number -> [(customer id or "", legacy id or "", stands alone)] of every legacy reservation that the program shows."""
    out = collections.defaultdict(list)
    records = list(server.pages("/legacy/customers", "customers", 500))
    customers = [c["id"] for c in server.pages("/customers", "customers", 500)]
    for customer in customers:
        for visit in server.pages(f"/customers/{customer}/visits", "visits", 200):
            if visit["source"] == "legacy" and visit["reserva"] is not None:
                out[str(visit["reserva"])].append((str(customer), visit["legacy_id"] or "", False))
    for record in records:
        if record["customer_id"] is not None:
            continue
        for visit in server.get(f"/legacy/customers/{record['legacy_id']}")["recent_reservations"]:
            if visit["reserva"] is not None:
                out[str(visit["reserva"])].append(("", record["legacy_id"], record["origin"] != "customers_file"))
    return out


def plain(name):
    flat = "".join(c for c in unicodedata.normalize("NFD", name.lower()) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z]+", flat))


def measure(aremko, work, show=0):
    lines, whose = reservations(work), truth(work)
    with Server(aremko, work) as server:
        visits = shown(server)
    count, examples = collections.Counter(), []
    for number, owners in visits.items():
        rows = lines.get(number, ())
        if len(owners) != 1 or len({plain(row["cliente"]) for _, row in rows}) != 1:
            continue  # a number that began again: not to be told apart here
        customer, legacy, alone = owners[0]
        for at, row in rows:
            current_id, legacy_ids = whose.get(at, ("", frozenset()))
            exists = bool(current_id or legacy_ids)
            right = (customer == current_id if customer and current_id else legacy in legacy_ids) and not (customer and customer != current_id)
            kind = "right" if exists and right else "alone" if alone else "stranger"
            count["exists" if exists else "nobody", kind] += 1
            if kind == "stranger" and len(examples) < show:
                examples.append((row["cliente"], customer, legacy, current_id, " ".join(legacy_ids)))
    people = sum(n for (exists, _), n in count.items() if exists == "exists")
    return {"lines": people, "right": count["exists", "right"], "alone": count["exists", "alone"],
            "to_stranger": count["exists", "stranger"], "of_others": count["nobody", "stranger"] + count["nobody", "alone"],
            "others_to_stranger": count["nobody", "stranger"], "examples": examples}
