"""The table."""
import dataclasses
import datetime
import os
import pathlib
import platform
import subprocess


@dataclasses.dataclass
class Row:
    what: str
    measured: float
    limit: str | None   # None: a figure beside the limits, for information
    held: bool | None
    how: str
    unit: str


def processor() -> str:
    for line in pathlib.Path("/proc/cpuinfo").read_text(encoding="ascii").splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def print_table(rows: list[Row], root: pathlib.Path) -> bool:
    """True when every limit held."""
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=root, capture_output=True, text=True).stdout.strip()
    print(f"\n{datetime.datetime.now():%Y-%m-%d %H:%M}, {commit}, {os.cpu_count()} × {processor()}, "
          f"load average at the end {os.getloadavg()[0]:.1f}\n")
    print("| what | measured | limit | held | how |\n|---|---|---|---|---|")
    for row in rows:
        held = {True: "yes", False: "**no**", None: ""}[row.held]
        print(f"| {row.what} | {row.measured:.3g} {row.unit} | {row.limit or ''} | {held} | {row.how} |")
    return all(row.held is not False for row in rows)
