#!/usr/bin/env python3
"""`aremko match` on two real files: who is found, how sure, and what it says of files it cannot use."""
import contextlib
import csv
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unicodedata
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import AREMKO, make_demo  # noqa: E402

CURRENT = "id,nombre,email,telefono,documento_identidad,pais,ciudad"


class Match(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="aremko-")
        cls.path = pathlib.Path(cls.folder.name)
        _, legacy = make_demo(cls.path, customers=2000)
        cls.left = next(legacy.glob("Clientes-*.csv"))
        cls.right = cls.path / "current.csv"
        with contextlib.closing(sqlite3.connect(cls.path / "aremko.sqlite3")) as db, cls.right.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(CURRENT.split(","))
            writer.writerows(db.execute(f"SELECT {CURRENT} FROM ventas_cliente"))

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def match(self, *arguments):
        out = self.path / "links.csv"
        out.unlink(missing_ok=True)
        done = subprocess.run([str(AREMKO), "match", *map(str, arguments), "--out", str(out)], capture_output=True, text=True,
                              cwd=self.path, timeout=120)
        return done, self.rows(out) if out.exists() else None

    @staticmethod
    def rows(path):
        with path.open(newline="") as file:
            return list(csv.DictReader(file))

    def test_the_legacy_files_people_are_found_again(self):
        done, links = self.match(self.left, self.right)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(list(links[0]), ["left_id", "right_id", "confidence", "reasons"])
        truth = {}
        for row in self.rows(self.path / "truth.csv"):
            truth.setdefault(row["legacy_id"], set()).add(row["current_id"])
        sure = [link for link in links if float(link["confidence"]) >= 85]
        right = sum(link["right_id"] in truth.get(link["left_id"], ()) for link in sure)
        self.assertGreaterEqual(right / len(sure), 0.98)
        self.assertGreaterEqual(right / len(truth), 0.75)
        self.assertTrue(any(link["left_id"] == "1657" and link["right_id"] == "123" for link in sure))
        again, same = self.match(self.left, self.right)
        self.assertEqual(links, same, "the same seed gives the same links")

    def test_namesakes_of_one_list_are_no_duplicates(self):
        """Of 13,300 customers some fifty stand twice; hundreds share a name, a town and an address made of the name."""
        folder = self.path / "large"
        folder.mkdir()
        make_demo(folder, customers=13_300)
        people = folder / "customers.csv"
        with contextlib.closing(sqlite3.connect(folder / "aremko.sqlite3")) as db, people.open("w", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(CURRENT.split(","))
            writer.writerows(db.execute(f"SELECT {CURRENT} FROM ventas_cliente WHERE NOT nombre GLOB '*[0-9]*'"))
        fields = folder / "fields.toml"
        fields.write_text('id = "id"\nname = "nombre"\nphone = "telefono"\nemail = "email"\nnational_id = "documento_identidad"\nplace = "ciudad"\n')
        done, links = self.match(people, "--dedupe", "--fields", fields)
        self.assertEqual(done.returncode, 0, done.stderr)
        known = {row["id"]: row for row in self.rows(people)}

        def twice(link):  # the demo's second record keeps the mailbox and the RUT, where they are given
            one, other = known[link["left_id"]], known[link["right_id"]]
            bare = str.maketrans("", "", ".- ")
            return any(one[name] and one[name].lower().translate(bare) == other[name].lower().translate(bare) for name in ("email", "documento_identidad"))
        sure = [link for link in links if float(link["confidence"]) >= 85]
        self.assertGreater(len(sure), 15)
        self.assertGreaterEqual(sum(map(twice, sure)) / len(sure), 0.6)

    def test_a_header_is_understood_as_the_cells_are(self):
        people = [(f"{given} {family}", f"9{31000000 + 7919 * i + 104729 * j}") for i, given in enumerate("Ana Eva Luis Juan Rosa Pedro Marta Hugo".split())
                  for j, family in enumerate("Ñancupil Oyarzún Vargas Barría Soto Díaz Rojas Paz".split())]
        def text(side):
            return "id,Nombre,Teléfono\n" + "".join(f"{side}{i},{name},{phone}\n" for i, (name, phone) in enumerate(people))
        def written(name, data):
            (self.path / name).write_bytes(data)
            return self.path / name
        fields = written("fields.toml", 'id="id"\nname="Nombre"\nphone="Teléfono"\n'.encode())
        right = written("right.csv", text("B").encode())
        left = text("A")
        for what, data in {
            "UTF-8": left.encode(), "with its mark and semicolons": left.replace(",", ";").encode("utf-8-sig"), "cp1252": left.encode("cp1252"),
            "cp850": left.encode("cp850"), "MacRoman": left.encode("mac_roman"), "UTF-16": left.encode("utf-16"),
            "decomposed": unicodedata.normalize("NFD", left).encode(), "twice encoded": left.encode().decode("latin-1").encode(),
            "capitals": left.replace("Nombre,Teléfono", "NOMBRE,TELEFONO", 1).encode(), "blanks": left.replace(",", " , ", 2).encode(),
            "quotes": left.replace("Nombre", '"Nombre"', 1).encode(), "entities": left.replace("é", "&eacute;").encode(),
            "text cells": left.replace(",9", ',"=""9').replace("\n", '"""\n').replace('Teléfono"""', "Teléfono").encode(),
        }.items():
            with self.subTest(what):
                done, links = self.match(written("left.csv", data), right, "--fields", fields)
                self.assertEqual(done.returncode, 0, done.stderr)
                found = sum(link["left_id"][1:] == link["right_id"][1:] for link in links)
                self.assertGreaterEqual(found, 0.9 * len(people), done.stdout)
        done, links = self.match(written("left.csv", left.replace("Teléfono", "TELEFONO,telefono", 1).encode()), right, "--fields", fields)
        self.assertIn("Teléfono", done.stderr)
        self.assertIsNone(links)

    def test_lines_it_cannot_read_are_told(self):
        lines = ["id,n,e"] + [f"{i},Ana Soto {i},ana{i}@ejemplo.cl" for i in range(2, 60)]
        lines[20] = '20,"Ana Soto,ana20@ejemplo.cl'
        lines[40] = "40,Soto, Ana,ana40@ejemplo.cl"
        (self.path / "odd.csv").write_text("\n".join(lines) + "\n")
        (self.path / "f.toml").write_text('id="id"\nname="n"\nemail="e"\n')
        done, _ = self.match(self.path / "odd.csv", self.path / "odd.csv", "--fields", self.path / "f.toml")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("56 filas, 2 ilegibles", done.stdout)
        self.assertRegex(done.stdout, r"línea 21: Una comilla")
        self.assertRegex(done.stdout, r"línea 41: .*separador sin comillas")

    def without(self, name, path, *columns):
        """The list again in a file of its own, without some columns."""
        rows = self.rows(path)
        kept = [column for column in rows[0] if column not in columns]
        with (self.path / name).open("w", newline="") as file:
            writer = csv.DictWriter(file, kept, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(rows)
        return self.path / name

    def precision(self, links):
        truth = {(row["legacy_id"], row["current_id"]) for row in self.rows(self.path / "truth.csv")}
        sure = [(link["left_id"], link["right_id"]) for link in links if float(link["confidence"]) >= 85]
        return sum(pair in truth for pair in sure) / max(1, len(sure)), len(sure)

    def test_a_list_may_lack_a_column(self):
        left = self.without("no_email.csv", self.left, "Email", "Direccion")
        right = self.without("no_rut.csv", self.right, "documento_identidad")
        done, links = self.match(left, right)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("sin la columna Email", done.stdout)
        self.assertIn("sin la columna documento_identidad", done.stdout)
        right_ones, sure = self.precision(links)
        self.assertGreaterEqual(right_ones, 0.97)
        self.assertGreater(sure, 100)
        # Nor need it have names: contacts alone then speak, and are wrong no more often than they say.
        done, links = self.match(self.left, self.without("no_name.csv", self.right, "nombre"))
        self.assertEqual(done.returncode, 0, done.stderr)
        right_ones, sure = self.precision(links)
        self.assertGreaterEqual(right_ones, 0.93, sure)  # a lone phone is worth 90, and couples share theirs
        done, _ = self.match(self.left, self.without("id_alone.csv", self.right, *CURRENT.split(",")[1:]))
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("ninguna columna en común", done.stderr)
        # What a person declared and no list has is a slip of the pen.
        (self.path / "slip.toml").write_text('[left]\nid = "Auto Increment"\nname = "Client"\nemail = "Emial"\n'
                                             '[right]\nid = "id"\nname = "nombre"\nemail = "corerro"\n')
        done, _ = self.match("--fields", self.path / "slip.toml", self.left, self.right)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("Emial", done.stderr)

    def test_files_it_cannot_use_are_named(self):
        for right in (self.path / "nothing.csv", self.path):
            done, links = self.match(self.left, right)
            self.assertNotEqual(done.returncode, 0)
            self.assertTrue(done.stderr.strip())
            self.assertIsNone(links)


if __name__ == "__main__":
    unittest.main()
