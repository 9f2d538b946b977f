"""What is measured on a million customers with five million sales, and a million people in the legacy file."""
import json
import random
import statistics
import subprocess
import time

from report import Row
from spa import Postgres, Server, STORY_DAY, demo, get, path_of


def percentile(values, share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def misspell(name: str, rng: random.Random) -> str:
    """One or two slips of a typist: a letter left out, doubled, changed for another, or two exchanged."""
    letters = list(name)
    for _ in range(rng.choice((1, 1, 2))):
        at = rng.randrange(len(letters))
        kind = rng.randrange(4)
        if letters[at] == " ":
            continue
        if kind == 0 and len(letters) > 4:
            del letters[at]
        elif kind == 1:
            letters.insert(at, letters[at])
        elif kind == 2:
            letters[at] = rng.choice("abcdefghijklmnopqrstuvwxyz")
        elif at + 1 < len(letters):
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)


def misspelt_names(postgres: Postgres, database: str, count: int) -> list[str]:
    """Of customers all over the table, each name once, none as it is written there."""
    rng = random.Random(20240314)
    text = postgres.psql(database, f"SELECT nombre FROM ventas_cliente TABLESAMPLE BERNOULLI (5) REPEATABLE (1) "
                                   f"WHERE nombre ~ '^[[:alpha:]]+ [[:alpha:] ]+$' LIMIT {count * 4}")
    names = sorted(set(text.splitlines()))
    rng.shuffle(names)
    made = [(name, misspell(name, rng)) for name in names]
    return [typo for name, typo in made if typo != name][:count]


def search(server: Server, names: list[str]) -> list[Row]:
    connection = server.connect()
    took, hits = [], 0
    for at, name in enumerate(names):
        status, body, ms = get(connection, server, path_of("/customers/search", query=name, source="all", as_of=STORY_DAY))
        assert status == 200, status
        answer = json.loads(body)
        hits += bool(answer["current_matches"] or answer["legacy_matches"])
        if at >= 50:  # the first ones find the pages of the index
            took.append(ms)
    p99 = percentile(took, 0.99)
    return [Row("GET …/search by a misspelt name, server time p99", p99, "≤ 2 ms", p99 <= 2,
                f"{len(took):,} different names, both sources; median {statistics.median(took):.2f} ms, worst {max(took):.2f} ms; "
                f"{hits / len(names):.1%} found somebody", "ms")]


def days(count: int):
    """Different days, in no order, none asked before."""
    chosen = [f"{year}-{month:02}-{day:02}" for year in (2022, 2023) for month in range(1, 13) for day in range(1, 29)]
    random.Random(7).shuffle(chosen)
    return chosen[:count]


def census(server: Server, count: int) -> list[Row]:
    connection = server.connect()
    took = []
    for day in days(count):
        status, _, ms = get(connection, server, path_of("/stats/overview", as_of=day))
        assert status == 200, status
        took.append(ms)
    return [Row("segments of everybody counted anew at another as_of", statistics.median(took), "≤ 100 ms",
                statistics.median(took) <= 100,
                f"GET stats/overview at {count} days never asked before, server time, median; "
                f"best {min(took):.0f} ms, worst {max(took):.0f} ms", "ms")]


def inactive(server: Server, count: int) -> list[Row]:
    connection = server.connect()
    ask = lambda months, day: get(connection, server, path_of("/campaigns/inactive-customers", limit=100, months=months, as_of=day))
    first = []
    for day in ("2021-03-01", "2021-06-01", "2021-09-01", "2021-11-01", STORY_DAY):
        status, _, ms = ask(12, day)
        assert status == 200, status
        first.append(ms)
    took = []
    for at in range(count):
        status, _, ms = ask(1 + at % 36, STORY_DAY)
        assert status == 200, status
        took.append(ms)
    p99 = percentile(took, 0.99)
    return [Row("GET …/inactive-customers?limit=100, server time p99", p99, "≤ 20 ms", p99 <= 20,
                f"{count:,} calls, months 1–36, one as_of; median {statistics.median(took):.2f} ms", "ms"),
            Row("  the first call at a new as_of", statistics.median(first), None, None,
                f"counts everybody anew; median of {len(first)}, worst {max(first):.0f} ms", "ms")]


def copies_of_a_load(postgres: Postgres, database: str, server: Server) -> list[str]:
    """The very COPY commands the server reads with, out of PostgreSQL's own log."""
    postgres.psql("postgres", f"ALTER DATABASE {database} SET log_statement = 'all'")
    log = postgres.folder / "log"
    before = log.stat().st_size
    try:
        server.start()
        server.stop()
    finally:
        postgres.psql("postgres", f"ALTER DATABASE {database} RESET log_statement")
    with open(log, "rb") as text:
        text.seek(before)
        lines = text.read().decode("utf-8", "replace").splitlines()
    found = [line[line.index("COPY ("):] for line in lines if "COPY (" in line and "TO STDOUT" in line]
    assert found, "no COPY in the log"
    return found


def psql_copies(postgres: Postgres, database: str, copies: list[str]) -> float:
    command = ["psql", "-X", "-q", "-h", str(postgres.socket), "-U", "aremko", "-d", database]
    for copy in copies:
        command += ["-c", copy]
    began = time.perf_counter()
    with open("/dev/null", "wb") as nowhere:
        subprocess.run(command, check=True, stdout=nowhere)
    return time.perf_counter() - began


def logged(server: Server, event: str) -> list[dict]:
    lines = [json.loads(line) for line in server.log().splitlines() if line.startswith("{")]
    return [line for line in lines if line.get("event") == event]


def load(postgres: Postgres, database: str, url: str, rounds: int) -> list[Row]:
    """The database alone: nothing of the legacy files, which psql would not read either."""
    server = Server("load", url, None)
    copies = copies_of_a_load(postgres, database, server)
    ours, theirs, reading = [], [], []
    for _ in range(rounds):
        theirs.append(psql_copies(postgres, database, copies))
        ours.append(server.start())
        reading.append(max(line["seconds"] for line in logged(server, "load")))
        server.stop()
    ratio = statistics.median(ours) / statistics.median(theirs)
    return [Row("PostgreSQL to a published snapshot against psql's binary COPY", ratio, "≤ 1.5", ratio <= 1.5,
                f"exec to ready {statistics.median(ours):.2f} s ({statistics.median(reading):.2f} s of it reading), psql "
                f"{statistics.median(theirs):.2f} s for the same {len(copies)} COPYs to /dev/null; medians of {rounds}, interleaved", "×")]


def memory(postgres: Postgres, database: str, server: Server) -> list[Row]:
    loaded = server.memory()
    postgres.psql(database, "UPDATE ventas_cliente SET nombre = nombre WHERE id = 123")
    connection = server.connect()
    began = time.perf_counter()
    status, body, _ = get(connection, server, path_of("/refresh"), "POST")
    assert status == 200, (status, body)
    took = time.perf_counter() - began
    after = server.memory()
    most = after["most"]
    return [Row("memory, the most it ever was", most, "≤ 3 GB", most <= 3,
                f"VmHWM after a refresh of everything while serving ({took:.0f} s); after the load {loaded['now']:.2f} GB, most "
                f"{loaded['most']:.2f} GB; after the refresh {after['now']:.2f} GB", "GB")]


def measure(postgres: Postgres, people: int) -> list[Row]:
    name = f"people_{people}"
    url, folder = demo(name, people, postgres, "--sales-per-customer", "5", "--legacy-customers", str(people))
    rows = load(postgres, name, url, 5)
    server = Server(name, url, folder / "legacy")
    ready = server.start()
    try:
        rows.append(Row("  with the legacy files, exec to ready", ready, None, None,
                        f"{people:,} customers, {postgres.psql(name, 'SELECT count(*) FROM ventas_ventareserva')} sales, "
                        f"{people:,} legacy people", "s"))
        rows += search(server, misspelt_names(postgres, name, 5_000))
        rows += census(server, 40)
        rows += inactive(server, 2_000)
        rows += memory(postgres, name, server)
    finally:
        server.stop()
    return rows
