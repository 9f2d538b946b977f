"""Takes the figures and prints the table; bench/bench installs and builds first."""
import argparse
import signal
import sys

import against
import big
import mcp
import small
from report import print_table
from spa import KEPT, ROOT, Postgres

parser = argparse.ArgumentParser(prog="bench/bench")
parser.add_argument("--quick", action="store_true", help="13,300 customers only: a minute instead of a quarter of an hour")
parser.add_argument("--people", type=int, help="customers, and as many legacy people (default: 1,000,000)")
parser.add_argument("--only", choices=("small", "big", "mcp"), help="a part of the table")
parser.add_argument("--against", metavar="REVISION", help="what costs more than it did at that commit, and nothing else; "
                    "with --people, at that many instead of 13,300")
options = parser.parse_args()

signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that servers and database are stopped too
KEPT.mkdir(parents=True, exist_ok=True)
rows = []
if options.against:
    program = against.built(options.against)
    postgres = Postgres()
    try:
        rows = against.measure(postgres, program, options.people or small.CUSTOMERS)
    finally:
        postgres.stop()
    sys.exit(0 if print_table(rows, ROOT) else 1)
if options.only in (None, "mcp"):
    rows += mcp.measure()  # needs no PostgreSQL
if options.only != "mcp":
    postgres = Postgres()
    try:
        if options.only != "big":
            rows += small.measure(postgres, options.quick)
        if options.only != "small" and not options.quick:
            rows += big.measure(postgres, options.people or 1_000_000)
    finally:
        postgres.stop()
sys.exit(0 if print_table(rows, ROOT) else 1)
