#!/usr/bin/env python3
"""CONTRIBUTING.md's examples, put into a copy of the tree: each must fit, and what it makes must be good SQL, C++ and TypeScript.
    contributing_test.py                   what can be checked here; says what it left out, and why
    contributing_test.py --apply verb      puts an example into this tree, to try it
The C++ is checked with the flags of BUILD (build), the page with web/node_modules and web/src/api/generated.ts."""
import json
import os
import pathlib
import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUILD = pathlib.Path(os.environ.get("BUILD", ROOT / "build")).resolve()
PARTS = ("src", "cmake", "tests/contract", "tests/support", "tests/web", "web", "docs")


def examples() -> dict[str, list[tuple[str, str, str]]]:
    """By name: the blocks that name a file, as (language, file, text)."""
    parts = re.split(r"^<!-- example: (\w+) -->$", (ROOT / "CONTRIBUTING.md").read_text(), flags=re.M)
    block = re.compile(r"^```(\w+) (\S+)\n(.*?)^```$", re.M | re.S)
    return {name: block.findall(text) for name, text in zip(parts[1::2], parts[2::2])}


def edited(text: str, diff: str, where: str) -> str:
    """The text with the diff's lines; where they belong is told by those without a plus, which must stand there once."""
    lines = [line or " " for line in diff.splitlines()]
    old = "\n" + "\n".join(line[1:] for line in lines if line[0] in " -")
    new = "\n" + "\n".join(line[1:] for line in lines if line[0] in " +")
    assert {line[0] for line in lines} <= set(" +-"), f"{where}: a line without a sign:\n{diff}"
    text = "\n" + text
    assert text.count(old) == 1, f"{where}: {text.count(old)} places for\n{diff}"
    return text.replace(old, new)[1:]


def apply(name: str, tree: pathlib.Path) -> list[str]:
    """The files that were made or changed."""
    number = max(int(path.name[:4]) for path in (tree / "src/store/migrations").iterdir()) + 1
    touched = []
    for language, file, text in examples()[name]:
        file, text = (re.sub(r"NNNN", f"{number:04}", one).replace("Source{N,", f"Source{{{number},") for one in (file, text))
        path = tree / file
        if language == "diff":
            path.write_text(edited(path.read_text(), text, file))
        else:
            assert not path.exists(), f"{file} is there already"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        touched.append(file)
    return list(dict.fromkeys(touched))


def for_sqlite(text: str) -> str:
    """A migration's lines for that engine, as src/store/migrate.cpp takes them."""
    out, ours = [], True
    for line in text.splitlines():
        if line.strip() in ("-- only: postgres", "-- only: sqlite", "-- both"):
            ours = line.strip() != "-- only: postgres"
        elif ours:
            out.append(line)
    return "\n".join(out)


class Flags:
    """How the build compiles a file, turned to a file of the scratch tree."""

    def __init__(self):
        commands = json.loads((BUILD / "compile_commands.json").read_text())
        cache = (BUILD / "CMakeCache.txt").read_text()
        self.root = re.search(r"^CMAKE_HOME_DIRECTORY:INTERNAL=(.*)$", cache, re.M)[1]
        self.by_file = {str(pathlib.Path(one["file"]).relative_to(self.root)): one["command"] for one in commands
                        if one["file"].startswith(self.root + "/")}

    def of(self, file: str) -> str:
        """A new file is compiled as another of its folder, a test as a test."""
        if file in self.by_file:
            return self.by_file[file]
        folder = str(pathlib.Path(file).parent) + "/"
        return next(command for known, command in self.by_file.items()
                    if known.startswith(folder) and known.endswith("_test.cpp") == file.endswith("_test.cpp"))

    def check(self, tree: pathlib.Path, file: str) -> subprocess.CompletedProcess:
        command = self.of(file)
        if any(not pathlib.Path(header).exists() for header in re.findall(r"\S+\.pch\b", command)):
            header = "pch_test.h" if file.endswith("_test.cpp") else "pch.h"
            command = re.sub(r"-Xclang -include(-pch)? -Xclang \S+", "", command) + f" -include {tree}/cmake/{header}"
        words = [word for word in shlex.split(command) if not word.startswith("-I")]
        at = words.index("-o")
        words[at : at + 2] = []
        words[words.index("-c") + 1] = str(tree / file)
        compiler = next(index for index, word in enumerate(words) if pathlib.Path(word).name.startswith("clang++"))
        words = words[compiler:]  # without ccache
        words[words.index("-c")] = "-fsyntax-only"
        words[1:1] = [f"-I{tree / 'src'}", f"-I{tree / 'tests'}", f"-I{tree / 'generated'}", f"-I{BUILD / 'generated'}"]
        return subprocess.run(words, cwd=BUILD, capture_output=True, text=True)


class Contributing(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="aremko-example-")
        self.addCleanup(folder.cleanup)
        self.tree = pathlib.Path(folder.name)
        for part in PARTS:
            shutil.copytree(ROOT / part, self.tree / part, ignore=shutil.ignore_patterns("node_modules", "dist", "*.webp", "__pycache__"))

    def embed(self, header: str, namespace: str, files: list[pathlib.Path]) -> str:
        out = self.tree / "generated" / header
        out.parent.mkdir(parents=True, exist_ok=True)
        subprocess.run(["cmake", f"-DOUTPUT={out}", f"-DNAMESPACE={namespace}", f"-DFILES={';'.join(map(str, files))}",
                        "-P", str(self.tree / "cmake/Embed.cmake")], check=True, capture_output=True)
        return out.read_text()

    def store_sql(self) -> str:
        return self.embed("store/sql_text.h", "aremko::store::sql_text",
                          [path for part in ("queries", "migrations") for path in sorted((self.tree / "src/store" / part).glob("*.sql"))])

    def holds(self, name: str) -> list[str]:
        """Applies the example and compiles its C++ where there is a build."""
        touched = apply(name, self.tree)
        if shutil.which("cmake"):
            self.store_sql()
        if not (BUILD / "compile_commands.json").exists():
            print(f"{name}: fits; its C++ was not compiled, there is no {BUILD}/compile_commands.json", file=sys.stderr)
            return touched
        flags = Flags()
        for file in touched:
            if file.endswith(".cpp"):
                done = flags.check(self.tree, file)
                self.assertEqual(done.returncode, 0, f"{name}, {file}:\n{done.stderr[-4000:]}")
        return touched

    def prepare_all(self) -> int:
        """Runs all migrations in SQLite and prepares every query over them."""
        database = sqlite3.connect(":memory:")
        for migration in sorted((self.tree / "src/store/migrations").glob("*.sql")):
            database.executescript(for_sqlite(migration.read_text()))
        names = 0
        for file in sorted((self.tree / "src/store/queries").glob("*.sql")):
            statements = re.split(r"^-- name: (\w+)$", file.read_text(), flags=re.M)
            for name, statement in zip(statements[1::2], statements[2::2]):
                values = {number: None for number in re.findall(r"\$(\d+)", statement)}
                with self.subTest(query=name):
                    database.execute("EXPLAIN " + statement, values)
                names += 1
        database.close()
        return names

    def test_a_verb(self):
        self.holds("verb")

    def test_a_query(self):
        before = self.prepare_all()
        self.holds("query")
        self.assertEqual(self.prepare_all(), before + 1)

    def test_a_migration(self):
        touched = self.holds("migration")
        self.prepare_all()
        if shutil.which("cmake"):
            self.assertIn(f"_{pathlib.Path(touched[0]).stem}_sql{{", self.store_sql())
        else:
            print("migration: not embedded, there is no cmake", file=sys.stderr)

    def test_a_source(self):
        self.holds("source")

    def test_a_tool(self):
        self.holds("tool")

    def test_a_page(self):
        self.holds("page")
        modules, made = ROOT / "web/node_modules", self.tree / "web/src/api/generated.ts"
        if not (modules / "typescript").exists() or not made.exists():
            self.skipTest("its types were not checked: scripts/web brings web/node_modules and api/generated.ts")
        (self.tree / "web/node_modules").symlink_to(modules.resolve())
        done = subprocess.run([str(ROOT / "scripts/node"), "node", "node_modules/typescript/bin/tsc", "--noEmit"],
                              cwd=self.tree / "web", capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout[-4000:] + done.stderr[-1000:])

    def test_every_example_is_tried(self):
        tried = {name.removeprefix("test_a_") for name in dir(self) if name.startswith("test_a_")}
        self.assertEqual(tried, set(examples()))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--apply"]:
        print("\n".join(apply(sys.argv[2], ROOT)))
    else:
        unittest.main()
