"""A Node of its own with pinned npm packages, kept outside the tree in .deps/; whoever cannot have them skips."""
import fcntl
import json
import pathlib
import shutil
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
NODE = "node@22.23.3"


def have(modules: pathlib.Path, package: str) -> bool:
    name, version = package.rsplit("@", 1)
    manifest = modules / name / "package.json"
    return manifest.is_file() and json.loads(manifest.read_text())["version"] == version


def node_with(folder: str, *packages: str) -> tuple[pathlib.Path, pathlib.Path]:
    """The node program and the node_modules that has these packages ("name@version"); raises SkipTest without them."""
    home = ROOT / ".deps" / folder
    modules = home / "node_modules"
    wanted = (NODE, *packages)
    home.mkdir(parents=True, exist_ok=True)
    with open(home / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not all(have(modules, package) for package in wanted):
            if not shutil.which("npm"):
                raise unittest.SkipTest("there is no npm to fetch Node 22 with")
            done = subprocess.run(["npm", "install", "--prefix", str(home), "--no-save", "--no-audit", "--no-fund",
                                   "--loglevel=error", *wanted], capture_output=True, text=True, timeout=500)
            if not all(have(modules, package) for package in wanted):
                raise unittest.SkipTest("npm's registry did not give " + ", ".join(wanted) + ": " + done.stderr[-300:])
    return modules / "node" / "bin" / "node", modules
