"""Runs the real program on real databases in a private directory. Standard library only."""
import contextlib
import http.client
import json
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
AREMKO = pathlib.Path(os.environ.get("AREMKO", ROOT / "build" / "aremko"))
POSTGRES_BIN = pathlib.Path("/usr/lib/postgresql/15/bin")
BASE = "/api/v1/aremko"
STORY_DAY = "2024-03-14"  # the day on which the guide's numbers hold


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Postgres:
    """A private PostgreSQL 15 on a free port; never as root, which it refuses."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="aremko-pg-"))
        self.port = free_port()
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        self.folder.chmod(0o755)
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "aremko", "-A", "trust", "-E", "UTF8", "--no-sync")
        self.start()

    def _run(self, program, *arguments):
        command = [str(POSTGRES_BIN / program), *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/tmp")

    def start(self):
        options = f"-p {self.port} -k {self.folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=50"
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-l", str(self.folder / "log"), "-o", options, "start")

    def stop(self, mode="immediate"):
        with contextlib.suppress(subprocess.CalledProcessError):
            self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-m", mode, "stop")

    def create(self, name: str) -> str:
        self.sql("postgres", f"CREATE DATABASE {name}")
        return self.url(name)

    def url(self, name: str, scheme="postgresql+asyncpg") -> str:
        return f"{scheme}://aremko@127.0.0.1:{self.port}/{name}"

    def sql(self, database: str, text: str) -> str:
        done = subprocess.run(["psql", "-X", "-At", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", str(self.port),
                               "-U", "aremko", "-d", database, "-c", text], check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def close(self):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Pgbouncer:
    """A pooler in transaction mode before a Postgres: whoever comes by it gets another server connection every transaction."""

    def __init__(self, postgres: Postgres, pool_size=2):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="aremko-pgb-"))
        self.port = free_port()
        (self.folder / "ini").write_text(
            f"[databases]\n* = host=127.0.0.1 port={postgres.port}\n[pgbouncer]\nlisten_addr=127.0.0.1\n"
            f"listen_port={self.port}\nunix_socket_dir=\nauth_type=trust\nauth_file={self.folder}/users\n"
            f"pool_mode=transaction\ndefault_pool_size={pool_size}\n", encoding="utf-8")
        (self.folder / "users").write_text('"aremko" ""\n', encoding="utf-8")
        command = [shutil.which("pgbouncer", path="/usr/sbin:" + os.environ["PATH"]), str(self.folder / "ini")]
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        self.folder.chmod(0o755)
        self.log = open(self.folder / "log", "w", encoding="utf-8")
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log, cwd="/tmp")
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.05)
        raise AssertionError("pgbouncer did not start: " + (self.folder / "log").read_text(encoding="utf-8")[-2000:])

    def url(self, database: str) -> str:
        return f"postgresql://aremko@127.0.0.1:{self.port}/{database}"

    def close(self):
        self.process.terminate()
        self.process.wait(timeout=10)
        self.log.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    @property
    def json(self):
        return json.loads(self.body)


class Spa:
    """Settings, a key and, once served, a running server of one spa."""

    def __init__(self, folder: pathlib.Path, database_url: str, legacy: pathlib.Path | None, store_url: str | None = None,
                 **settings):
        self.folder = folder
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith(("AREMKO_", "DATABASE_URL"))}
        self.environment["DATABASE_URL"] = store_url or f"sqlite:///{folder}/store.sqlite3"
        if database_url:
            self.environment["AREMKO_DATABASE_URL"] = database_url
        if legacy:
            self.environment["AREMKO_LEGACY_DATA_PATH"] = str(legacy)
        self.environment.update(settings)
        self.port = free_port()
        self.process = None
        self.key = None

    def run(self, *arguments, check=True, **more) -> subprocess.CompletedProcess:
        return subprocess.run([str(AREMKO), *map(str, arguments)], env=self.environment, cwd=self.folder, check=check,
                              capture_output=True, text=True, timeout=120, **more)

    def make_key(self, scope="admin", tenant="aremko") -> str:
        return self.run("keys", "create", "--tenant", tenant, "--scope", scope).stdout.splitlines()[-1].strip()

    def serve(self, wait_ready=True):
        self.log = open(self.folder / f"server-{self.port}.log", "a", encoding="utf-8")
        self.process = subprocess.Popen([str(AREMKO), "serve", "--host", "127.0.0.1", "--port", str(self.port)],
                                        env=self.environment, cwd=self.folder, stdout=self.log, stderr=self.log)
        deadline = time.monotonic() + 60
        path = "/api/v1/ready" if wait_ready else "/api/v1/health"
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise AssertionError("the server ended: " + self.log_text()[-2000:])
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.get(path, key=None).status == 200:
                    return self
            time.sleep(0.02)
        raise AssertionError("the server did not become ready: " + self.log_text()[-2000:])

    def log_text(self) -> str:
        return (self.folder / f"server-{self.port}.log").read_text(encoding="utf-8")

    def request(self, method, path, key="own", headers=None, body=None, **query) -> Answer:
        if query:
            path += "?" + urllib.parse.urlencode(query)
        sent = dict(headers or {})
        if key == "own":
            self.key = self.key or self.make_key()
            sent["X-API-Key"] = self.key
        elif key:
            sent["X-API-Key"] = key
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body=body, headers=sent)
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def get(self, path, **more) -> Answer:
        return self.request("GET", path, **more)

    def post(self, path, **more) -> Answer:
        return self.request("POST", path, **more)

    def stop(self, how=signal.SIGTERM) -> int:
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(how)
        code = self.process.wait(timeout=30)
        self.process = None
        self.log.close()
        return code


def make_demo(folder: pathlib.Path, customers=2000, seed=1, database_url=None, today=None):
    """`aremko demo` into folder; returns the database's URL and the legacy folder. `today` is the spa's last day so far."""
    command = [str(AREMKO), "demo", "--customers", str(customers), "--seed", str(seed), "--out", str(folder)]
    if database_url:
        command += ["--database", database_url]
    if today:
        command += ["--today", today]
    subprocess.run(command, check=True, capture_output=True, cwd=folder, timeout=300)
    return database_url or f"sqlite:///{folder}/aremko.sqlite3", folder / "legacy"
