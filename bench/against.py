"""What the same questions cost the program as it is and as it was at another commit, in turns over one database."""
import pathlib
import statistics
import subprocess

from big import misspelt_names, percentile
from report import Row
from spa import KEPT, Postgres, ROOT, Server, STORY_DAY, demo, get, path_of

ROUNDS = 15
SLACK = 1.10  # what two measurements of one program differ by on two shared cores


def built(revision: str) -> pathlib.Path:
    """The program of that commit, built once in a checkout of its own and kept."""
    commit = subprocess.run(["git", "rev-parse", "--verify", revision + "^{commit}"], cwd=ROOT, check=True, capture_output=True,
                            text=True).stdout.strip()
    checkout = KEPT / "before" / commit
    if not (checkout / "build" / "aremko").exists():
        print(f"building {revision} as it was …", flush=True)
        if not checkout.exists():
            subprocess.run(["git", "clone", "-q", "--no-checkout", ROOT, checkout], check=True)
            subprocess.run(["git", "checkout", "-q", "--detach", commit], cwd=checkout, check=True)
        subprocess.run(["scripts/build", "aremko"], cwd=checkout, check=True)
    return checkout / "build" / "aremko"


def asked(server: Server, paths: list[str]) -> list[float]:
    """Milliseconds by the server's own clock."""
    connection = server.connect()
    took = []
    for path in paths:
        status, _, ms = get(connection, server, path)
        assert status == 200, (path, status)
        took.append(ms)
    return took


def in_turns(servers: dict[str, Server], paths: list[str], share: float) -> dict[str, list[float]]:
    """That percentile of each round, each round over all of `paths`, who comes first in turn."""
    for server in servers.values():
        asked(server, paths[:200])  # the first ones find the pages of the index
    found = {name: [] for name in servers}
    for turn in range(ROUNDS):
        for name in (servers if turn % 2 else reversed(servers)):
            found[name].append(percentile(asked(servers[name], paths), share))
    return found


def compared(what: str, found: dict[str, list[float]], unit: str, of: str) -> Row:
    """The median of the rounds' ratios: what shakes the machine shakes the two that are beside each other."""
    ratio = statistics.median(now / before for now, before in zip(found["now"], found["before"]))
    now, before = (statistics.median(found[name]) for name in ("now", "before"))
    return Row(what, ratio, f"≤ {SLACK}", ratio <= SLACK, f"{now:.3g} and {before:.3g} {unit}, {of}, medians of {len(found['now'])} in turns", "×")


def throughput(servers: dict[str, Server], paths: list[str]) -> dict[str, list[float]]:
    """Microseconds a request over 16 kept connections, as a client sees them: the whole of it, and not what the server's clock times."""
    script = KEPT / "paths.lua"
    listed = ",".join(f'"{path}"' for path in paths)
    script.write_text(f"local paths, at = {{{listed}}}, 0\n"
                      "request = function() at = at % #paths + 1; return wrk.format('GET', paths[at]) end\n", encoding="ascii")
    found = {name: [] for name in servers}
    for _ in range(5):
        for name, server in servers.items():
            headers = [part for key, value in server.headers.items() for part in ("-H", f"{key}: {value}")]
            out = subprocess.run(["wrk", "-t1", "-c16", "-d3s", "-s", script, *headers, f"http://127.0.0.1:{server.port}"], check=True,
                                 capture_output=True, text=True).stdout
            assert "Non-2xx" not in out, out
            found[name].append(1e6 / float(out.split("Requests/sec:")[1].split()[0]))
    return found


def measure(postgres: Postgres, program: pathlib.Path, people: int) -> list[Row]:
    name = f"people_{people}"
    url, folder = demo(name, people, postgres, "--sales-per-customer", "5", "--legacy-customers", str(people))
    servers = {"now": Server("now", url, folder / "legacy"), "before": Server("before", url, folder / "legacy", program)}
    for server in servers.values():
        server.environment["AREMKO_WEB_PATH"] = str(ROOT / "web" / "dist")  # the same pages are read at the start
    rows, started = [], {"now": [], "before": []}
    for _ in range(5):
        for one, server in servers.items():
            started[one].append(server.start())
            server.stop()
    rows.append(compared("exec of `aremko serve` to ready", started, "s", f"{people:,} customers and as many legacy people"))
    try:
        for server in servers.values():
            server.start()
        ids = postgres.psql(name, "SELECT id FROM ventas_cliente ORDER BY md5(id::text) LIMIT 1000").split()
        profiles = [path_of(f"/customers/{one}/profile", as_of=STORY_DAY) for one in ids]
        searches = [path_of("/customers/search", query=one, source="all", as_of=STORY_DAY)
                    for one in misspelt_names(postgres, name, 1000)]
        pages = [path_of("/campaigns/inactive-customers", limit=100, months=1 + at % 36, as_of=STORY_DAY) for at in range(72)]
        rows.append(compared("GET …/profile, wrk", throughput(servers, profiles), "µs a request", "16 connections, 1000 different"))
        for share in (0.5, 0.99):
            beside = compared(f"  by the server's clock, p{share * 100:.0f}", in_turns(servers, profiles, share), "ms", "what it computes and writes")
            beside.limit = beside.held = None  # an answer that says more takes longer to write
            rows.append(beside)
        for what, paths in (("GET …/search by a misspelt name", searches),
                            ("GET …/inactive-customers?limit=100", pages)):
            for share in (0.5, 0.99):
                found = in_turns(servers, paths, share)
                rows.append(compared(f"{what}, p{share * 100:.0f}", found, "ms by the server's clock", f"{len(paths)} different"))
    finally:
        for server in servers.values():
            server.stop()
    return rows
