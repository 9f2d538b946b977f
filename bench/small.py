"""What is measured on a spa of the real one's size: 13,300 customers."""
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import time

from report import Row
from spa import KEPT, Postgres, Server, STORY_DAY, demo, free_port, get, path_of

CUSTOMERS = 13_300
PROFILE = path_of("/customers/123/profile", as_of=STORY_DAY)
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pids) -> float:
    """User and system time of processes so far."""
    total = 0
    for pid in pids:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


class Nginx:
    """Serves one file, as many workers as processors, no access log: nginx at its best."""

    def __init__(self, body: bytes):
        self.folder = KEPT / "nginx"
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "www").mkdir(parents=True)
        (self.folder / "www" / "profile.json").write_bytes(body)
        self.port = free_port()
        (self.folder / "nginx.conf").write_text(f"""
daemon off;
worker_processes auto;
pid {self.folder}/pid;
error_log {self.folder}/error.log;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000000;
  open_file_cache max=100;
  default_type application/json;
  client_body_temp_path {self.folder}/t1; proxy_temp_path {self.folder}/t2; fastcgi_temp_path {self.folder}/t3;
  uwsgi_temp_path {self.folder}/t4; scgi_temp_path {self.folder}/t5;
  server {{ listen 127.0.0.1:{self.port} reuseport; root {self.folder}/www; }}
}}
""", encoding="ascii")
        user = ["-g", "user root;"] if os.geteuid() == 0 else []
        self.process = subprocess.Popen(["/usr/sbin/nginx", "-p", self.folder, "-c", self.folder / "nginx.conf", *user],
                                        stderr=subprocess.DEVNULL)
        time.sleep(0.5)

    def pids(self):
        children = pathlib.Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        return [self.process.pid, *map(int, children.split())]

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=10)


def wrk(url: str, headers: dict[str, str], seconds: int, pids) -> tuple[float, float]:
    """(requests a second, microseconds of CPU a request) of 64 kept connections."""
    command = ["wrk", "-t1", "-c64", f"-d{seconds}s", url]
    for name, value in headers.items():
        command += ["-H", f"{name}: {value}"]
    before = cpu_seconds(pids)
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    spent = cpu_seconds(pids) - before
    if "Non-2xx" in out or "Socket errors" in out:
        raise SystemExit("wrk met errors:\n" + out)
    requests = int(out.split(" requests in ")[0].split()[-1])
    return float(out.split("Requests/sec:")[1].split()[0]), spent / requests * 1e6


def profile_against_nginx(server: Server, rounds: int, seconds: int) -> list[Row]:
    status, body, _ = get(server.connect(), server, PROFILE)
    assert status == 200, status
    nginx = Nginx(body)
    ours_url, theirs_url = f"http://127.0.0.1:{server.port}{PROFILE}", f"http://127.0.0.1:{nginx.port}/profile.json"
    try:
        wrk(ours_url, server.headers, 1, [server.process.pid]), wrk(theirs_url, {}, 1, nginx.pids())
        ours, theirs = [], []
        for _ in range(rounds):
            ours.append(wrk(ours_url, server.headers, seconds, [server.process.pid]))
            theirs.append(wrk(theirs_url, {}, seconds, nginx.pids()))
    finally:
        nginx.stop()
    rate, cpu = (statistics.median(one[i] for one in ours) for i in (0, 1))
    nginx_rate, nginx_cpu = (statistics.median(one[i] for one in theirs) for i in (0, 1))
    return [Row("GET …/profile against nginx serving the same bytes", rate / nginx_rate, "≥ 0.6", rate / nginx_rate >= 0.6,
                f"{rate:,.0f} and {nginx_rate:,.0f} requests/s, 64 connections, {len(body):,} bytes, medians of {rounds}", "×"),
            Row("  processor time a request", cpu, None, None,
                f"nginx {nginx_cpu:.1f} µs", "µs")]


INSERT = """WITH sale AS (INSERT INTO ventas_ventareserva (fecha_creacion, fecha_reserva, total, pagado, saldo_pendiente,
  estado_pago, estado_reserva, cobrado, cliente_id) VALUES (now(), now(), 50000, 50000, 0, 'pagado', 'checkout', true, 123)
  RETURNING id)
INSERT INTO ventas_reservaservicio (fecha_agendamiento, hora_inicio, cantidad_personas, precio_unitario_venta, servicio_id,
  venta_reserva_id) SELECT current_date - 1, '10:00', 2, 25000, (SELECT min(id) FROM ventas_servicio), id FROM sale"""
UNDO = """WITH gone AS (DELETE FROM ventas_ventareserva WHERE cliente_id = 123 AND fecha_creacion > now() - interval '1 day'
  RETURNING id) DELETE FROM ventas_reservaservicio WHERE venta_reserva_id IN (SELECT id FROM gone)"""


def sale_seen(postgres: Postgres, trials: int) -> Row:
    url, folder = demo("spa", CUSTOMERS, postgres)
    server = Server("spa", url, folder / "legacy")
    server.sync()
    server.start()
    try:
        connection = server.connect()
        visits = lambda: json.loads(get(connection, server, path_of("/customers/123/profile"))[1])["statistics"]["total_visitas"]
        waited = []
        for trial in range(trials):
            time.sleep(0.37 * trial % 2)  # at another moment of the server's two seconds each time
            known = visits()
            postgres.psql("spa", INSERT)
            committed = time.perf_counter()
            while visits() == known:
                if time.perf_counter() - committed > 60:
                    raise SystemExit("the sale never showed")
                time.sleep(0.01)
            waited.append(time.perf_counter() - committed)
    finally:
        server.stop()
        postgres.psql("spa", UNDO)
    return Row("a sale committed in PostgreSQL shows in the profile", max(waited), "≤ 3 s", max(waited) <= 3,
               f"{CUSTOMERS:,} customers, worst of {trials}; median {statistics.median(waited):.2f} s", "s")


def cold_start(server: Server, trials: int) -> Row:
    took = []
    for _ in range(trials):
        server.stop()
        took.append(server.start())
    return Row("cold start of `aremko serve` on the demo", statistics.median(took), "≤ 1 s", max(took) <= 1,
               f"exec to the first 200 of /ready, median of {trials}; worst {max(took):.2f} s", "s")


def explained_after_decisions(server: Server, trials: int) -> Row:
    """A reviewer's rhythm: decide one, ask why the next."""
    connection = server.connect()

    def ask(method, path):
        connection.request(method, path, body="{}" if method == "POST" else None, headers=server.headers)
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (path, answer.status)
        return answer, body

    mappings = json.loads(ask("GET", path_of("/mappings", limit=2 * trials + 2))[1])["mappings"]
    ask("GET", path_of(f"/mappings/{mappings[-1]['id']}/explanation"))  # the people are learned once
    took = []
    for decided, asked in zip(mappings[0::2], mappings[1::2]):
        ask("POST", path_of(f"/mappings/{decided['id']}/accept"))
        start = time.perf_counter()
        ask("GET", path_of(f"/mappings/{asked['id']}/explanation"))
        took.append((time.perf_counter() - start) * 1e3)
        ask("POST", path_of(f"/mappings/{decided['id']}/undo"))
        ask("GET", path_of(f"/mappings/{asked['id']}/explanation"))
    return Row("an explanation after a decision", max(took), "≤ 50 ms", max(took) <= 50,
               f"{CUSTOMERS:,} customers, worst of {len(took)}; median {statistics.median(took):.1f} ms", "ms")


def measure(postgres: Postgres, quick: bool) -> list[Row]:
    url, folder = demo("demo", CUSTOMERS)
    server = Server("demo", url, folder / "legacy")
    server.sync()
    server.start()
    try:
        rows = profile_against_nginx(server, 3 if quick else 7, 2 if quick else 4)
        rows.append(explained_after_decisions(server, 10 if quick else 40))
        rows.append(cold_start(server, 5 if quick else 15))
    finally:
        server.stop()
    rows.append(sale_seen(postgres, 4 if quick else 12))
    return rows
