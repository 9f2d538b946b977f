"""The databases and servers the figures are taken on: a PostgreSQL kept in var/bench between runs, demo data in it,
and `aremko serve` as a child process. Standard library only."""
import contextlib
import http.client
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent
KEPT = pathlib.Path(os.environ.get("AREMKO_BENCH_DIR", ROOT / "var" / "bench"))
AREMKO = pathlib.Path(os.environ.get("AREMKO", ROOT / "build" / "aremko"))
POSTGRES_BIN = pathlib.Path("/usr/lib/postgresql/15/bin")
API = "/api/v1/aremko"
STORY_DAY = "2024-03-14"  # the demo's last day


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Postgres:
    """One cluster for all runs, its data in var/bench/postgres; stopped at the end, never removed."""

    SETTINGS = ("listen_addresses=", "fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=1GB",
                "max_wal_size=4GB", "wal_level=minimal", "max_wal_senders=0", "maintenance_work_mem=512MB")

    def __init__(self):
        self.folder = KEPT / "postgres"
        self.root = os.geteuid() == 0  # postgres refuses root
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.root:
            shutil.chown(self.folder, "postgres", "postgres")
        # A socket's path may have 107 bytes at most, and the checkout may lie deep.
        self.socket = pathlib.Path("/tmp") / f"aremko-bench-{os.getuid()}-{os.getpid()}"
        self.socket.mkdir(mode=0o755)
        if self.root:
            shutil.chown(self.socket, "postgres", "postgres")
        if not (self.folder / "data" / "PG_VERSION").exists():
            self._run("initdb", "-D", self.folder / "data", "-U", "aremko", "-A", "trust", "-E", "UTF8",
                      "--locale=C.UTF-8", "--no-sync")
        options = f"-k {self.socket} " + " ".join(f"-c {setting}" for setting in self.SETTINGS)
        self._run("pg_ctl", "-D", self.folder / "data", "-w", "-t", "600", "-l", self.folder / "log", "-o", options, "start")

    def _run(self, program, *arguments):
        command = [str(POSTGRES_BIN / program), *map(str, arguments)]
        if self.root:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")

    def psql(self, database: str, text: str) -> str:
        done = subprocess.run(["psql", "-X", "-At", "-v", "ON_ERROR_STOP=1", "-h", str(self.socket), "-U", "aremko",
                               "-d", database, "-c", text], check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def url(self, database: str) -> str:
        return f"postgresql://aremko@/{database}?host={self.socket}"

    def stop(self):
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-D", self.folder / "data", "-w", "-m", "fast", "stop")
        shutil.rmtree(self.socket, ignore_errors=True)


def demo(name: str, customers: int, postgres: Postgres | None = None, *more: str):
    """Demo data made once and kept: (database URL, folder). In `postgres` as database `name`, else in SQLite."""
    folder = KEPT / name
    url = postgres.url(name) if postgres else f"sqlite:///{folder}/aremko.sqlite3"
    if (folder / "complete").exists():
        return url, folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    print(f"making {customers:,} people who do not exist ({name}) …", flush=True)
    command = [str(AREMKO), "demo", "--customers", str(customers), "--seed", "1", "--out", str(folder), *more]
    if postgres:
        postgres.psql("postgres", f"DROP DATABASE IF EXISTS {name}")
        postgres.psql("postgres", f"CREATE DATABASE {name}")
        command += ["--database", url]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder)
    if postgres:
        postgres.psql(name, "VACUUM (FREEZE, ANALYZE)")  # as a database that has been in use for a while
    (folder / "complete").touch()
    return url, folder


class Server:
    """`aremko serve` with its own store and key, from exec to stop."""

    def __init__(self, name: str, database_url: str, legacy: pathlib.Path | None, program: pathlib.Path = AREMKO):
        self.program = program
        self.folder = KEPT / "servers" / name
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(("AREMKO_", "DATABASE_URL"))}
        if legacy:
            self.environment["AREMKO_LEGACY_DATA_PATH"] = str(legacy)
        self.environment.update(AREMKO_DATABASE_URL=database_url,
                                DATABASE_URL=f"sqlite:///{self.folder}/store.sqlite3", AREMKO_LOG_FORMAT="json",
                                AREMKO_LOG_LEVEL="info")
        self.port = free_port()
        self.process = None
        made = subprocess.run([program, "keys", "create", "--tenant", "aremko", "--scope", "admin"], env=self.environment,
                              cwd=self.folder, check=True, capture_output=True, text=True)
        self.key = made.stdout.splitlines()[-1].strip()
        self.headers = {"X-API-Key": self.key, "X-Tenant": "aremko"}

    def sync(self):
        """Ties the legacy people to today's, as ./run does."""
        subprocess.run([self.program, "sync"], env=self.environment, cwd=self.folder, check=True, stdout=subprocess.DEVNULL)

    def start(self, wait: float = 600) -> float:
        """Seconds from exec to the first 200 of /api/v1/ready."""
        with open(self.folder / "log", "w", encoding="utf-8") as log:
            began = time.perf_counter()
            self.process = subprocess.Popen([self.program, "serve", "--port", str(self.port)], env=self.environment,
                                            cwd=self.folder, stdout=log, stderr=log)
        while time.perf_counter() - began < wait:
            if self.process.poll() is not None:
                raise SystemExit("the server ended:\n" + self.log()[-2000:])
            with contextlib.suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
                connection.request("GET", "/api/v1/ready")
                if connection.getresponse().status == 200:
                    return time.perf_counter() - began
            time.sleep(0.005 if time.perf_counter() - began < 5 else 0.1)
        raise SystemExit("the server was not ready in time:\n" + self.log()[-2000:])

    def log(self) -> str:
        return (self.folder / "log").read_text(encoding="utf-8")

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)

    def memory(self) -> dict[str, float]:
        """GB (10^9 bytes) now and at the most."""
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        field = lambda name: int(text.split(name + ":")[1].split()[0]) * 1024 / 1e9
        return {"now": field("VmRSS"), "most": field("VmHWM")}

    def stop(self):
        if self.process:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=60)
            self.process = None


def path_of(path: str, **query) -> str:
    return API + path + ("?" + urllib.parse.urlencode(query) if query else "")


def get(connection, server: Server, path: str, method="GET"):
    """(status, body, milliseconds the server took by its own Server-Timing)."""
    connection.request(method, path, headers=server.headers)
    answer = connection.getresponse()
    body = answer.read()
    timing = answer.headers.get("Server-Timing", "app;dur=nan")
    return answer.status, body, float(timing.split("dur=")[1].split(",")[0])
