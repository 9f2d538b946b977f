"""Takes the figures and prints the table; bench/bench installs and builds first."""
import argparse
import signal
import sys

import big
import mcp
import small
from report import print_table
from spa import KEPT, ROOT, Postgres

parser = argparse.ArgumentParser(prog="bench/bench")
parser.add_argument("--quick", action="store_true", help="13,300 customers only: a minute instead of a quarter of an hour")
parser.add_argument("--people", type=int, default=1_000_000, help="customers, and as many legacy people (default: %(default)s)")
parser.add_argument("--only", choices=("small", "big", "mcp"), help="a part of the table")
options = parser.parse_args()

signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and database are stopped too
KEPT.mkdir(parents=True, exist_ok=True)
rows = []
if options.only in (None, "mcp"):
    rows += mcp.measure()  # needs no PostgreSQL
if options.only != "mcp":
    postgres = Postgres()
    try:
        if options.only != "big":
            rows += small.measure(postgres, options.quick)
        if options.only != "small" and not options.quick:
            rows += big.measure(postgres, options.people)
    finally:
        postgres.stop()
sys.exit(0 if print_table(rows, ROOT) else 1)
