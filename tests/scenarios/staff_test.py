#!/usr/bin/env python3
"""People of the house with the real program: the first one from the shell, in by name and PIN, out when taken back; lists as files
that a spreadsheet opens, with everybody who may be written to and nobody else."""
import base64
import io
import json
import pathlib
import re
import sys
import tempfile
import time
import unittest
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import Spa, make_demo  # noqa: E402

API = "/api/v1/aremko"
OURS = {"X-Aremko-Session": "1", "Content-Type": "application/json"}


class Browser:
    """Keeps cookies as a browser does."""

    def __init__(self, spa):
        self.spa, self.cookies, self.set_cookies = spa, {}, []

    def ask(self, method, path, body=None, headers=OURS, **query):
        sent = dict(headers)
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.spa.request(method, API + path, key=None, headers=sent, body=json.dumps(body) if body is not None else None, **query)
        for line in answer.headers.get_all("Set-Cookie") or []:
            self.set_cookies.append(line)
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        self.cookies = {name: value for name, value in self.cookies.items() if value}
        return answer

    def sign_in(self, name, pin, **more):
        return self.ask("POST", "/session", {"name": name, "pin": pin, **more})


class Staff(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="aremko-")
        cls.path = pathlib.Path(cls.folder.name)
        database, legacy = make_demo(cls.path)
        cls.spa = Spa(cls.path, database, legacy, AREMKO_IDLE_MINUTES="0.1")
        cls.spa.run("staff", "add", "Jefa Ñandú", "--role", "administration", input="740182\n")
        cls.spa.serve()

    @classmethod
    def tearDownClass(cls):
        cls.spa.stop()
        cls.folder.cleanup()

    def added(self, name, role):
        added = self.spa.post(API + "/staff", headers=OURS, body=json.dumps({"name": name, "role": role, "pin": "482915"}))
        self.assertEqual(added.status, 200, added.body)
        return added.json["id"]

    def test_the_shell_adds_the_first_and_refuses_a_weak_pin(self):
        self.assertIn("Jefa Ñandú", self.spa.run("staff", "list").stdout)
        weak = self.spa.run("staff", "add", "Otra", "--pin", "123456", check=False)
        self.assertEqual(weak.returncode, 2, weak.stderr)
        one = Browser(self.spa)
        self.assertEqual(one.sign_in("JEFA NANDU", "740182").json["role"], "administration")
        for line in one.set_cookies:
            self.assertRegex(line, r"; Path=/; HttpOnly; SameSite=Strict; Max-Age=\d+$")
        self.assertEqual(one.ask("GET", "/session").json["label"], "Jefa Ñandú")
        self.assertEqual(one.ask("GET", "/staff").status, 200)

    def test_behind_tls_the_cookies_are_secure_and_unremembered_ones_end_with_the_browser(self):
        self.added("Tamara", "reception")
        one = Browser(self.spa)
        one.ask("POST", "/session", {"name": "Tamara", "pin": "482915", "remember": False}, headers={**OURS, "X-Forwarded-Proto": "https"})
        self.assertEqual(len(one.set_cookies), 2)
        for line in one.set_cookies:
            self.assertTrue(line.endswith("; HttpOnly; SameSite=Strict; Secure"), line)
        self.assertEqual(one.ask("GET", "/session/door").json["people"], [])

    def test_another_sites_page_has_no_part_in_it(self):
        self.added("Berta", "reception")
        one = Browser(self.spa)
        self.assertEqual(one.ask("POST", "/session", {"name": "Berta", "pin": "482915"}, headers={}).status, 403)
        one.sign_in("Berta", "482915")
        self.assertEqual(one.ask("POST", "/refresh", headers={}).status, 403)
        self.assertEqual(one.ask("POST", "/refresh").status, 200)

    def test_idle_is_locked_and_the_pin_opens_again(self):
        self.added("Irma", "reception")
        one = Browser(self.spa)
        one.sign_in("Irma", "482915")
        for _ in range(3):
            time.sleep(2.5)
            self.assertEqual(one.ask("GET", "/session").status, 200)
        # A page that asks by itself is no sign of life.
        deadline = time.monotonic() + 15
        while time.monotonic() < deadline and one.ask("GET", "/session", headers={**OURS, "X-Aremko-Idle": "1"}).status == 200:
            time.sleep(0.5)
        self.assertEqual(one.ask("GET", "/session").status, 401)
        self.assertEqual(one.sign_in("Irma", "482915").status, 200)
        self.assertEqual(one.ask("GET", "/session").status, 200)

    def test_taken_back_by_another_process_is_out_within_two_seconds(self):
        for how in ("revoke", "pin"):
            name = f"Pasajera {how}"
            staff_id = self.added(name, "marketing")
            one = Browser(self.spa)
            one.sign_in(name, "482915")
            self.spa.run("staff", how, staff_id, *(["--pin", "918273"] if how == "pin" else []))
            begin = time.monotonic()
            while one.ask("GET", "/session").status == 200:
                self.assertLess(time.monotonic() - begin, 2)
                time.sleep(0.05)

    def test_guessing_waits_and_names_are_not_told(self):
        self.added("Gloria", "reception")
        told = set()
        for name in ("Gloria", "Nadie de Aquí"):
            answers = [Browser(self.spa).sign_in(name, f"00000{i}9") for i in range(5)]
            self.assertEqual([one.status for one in answers], [401] * 4 + [429], name)
            self.assertGreaterEqual(int(answers[-1].headers["Retry-After"]), 1)
            told.add(answers[0].body)
        self.assertEqual(len(told), 1)

    def test_a_list_for_whatsapp_has_whom_one_may_write_to_and_nobody_else(self):
        self.added("Marta", "marketing")
        one = Browser(self.spa)
        for purpose, channel in (("whatsapp", "whatsapp"), ("correo", "email")):
            one.sign_in("Marta", "482915")
            answer = one.ask("POST", "/exports", {"purpose": purpose, "format": "xlsx", "list": "clientes", "as_of": "2024-03-14"})
            self.assertEqual(answer.status, 200, answer.body[:300])
            file = answer.json
            allowed = self.spa.get(API + "/customers/table", channel=channel, limit=1, as_of="2024-03-14").json["total_found"]
            everybody = self.spa.get(API + "/customers/table", limit=1, as_of="2024-03-14").json["total_found"]
            self.assertEqual(file["rows"], allowed)
            self.assertEqual(file["rows"] + sum(file["left_out"].values()), everybody)
            self.assertGreater(file["left_out"]["refused"], 0)
            self.assertIn("no quieren ser contactadas", file["summary"])
            with zipfile.ZipFile(io.BytesIO(base64.b64decode(file["content"]))) as book:
                sheet = book.read("xl/worksheets/sheet1.xml").decode()
                self.assertEqual(len(re.findall(r"<row ", sheet)), file["rows"] + 1)
                self.assertNotIn("<f>", sheet)
                # Phones are texts: no number cell stands in their column.
                self.assertFalse(re.findall(r'<c r="B\d+"(?: s="\d+")?><v>', sheet))
            entry = self.spa.get(API + "/audit", limit=1).json["entries"][0]
            self.assertEqual((entry["action"], entry["actor_label"], entry["after"]["rows"]), ("people.export", "Marta", file["rows"]))
        one.sign_in("Marta", "482915")
        self.assertEqual(one.ask("POST", "/sync/legacy-to-current").status, 403)

    def test_a_table_says_nothing_of_those_who_said_no(self):
        file = self.spa.post(API + "/exports", headers=OURS, body=json.dumps({"purpose": "tabla", "format": "csv"})).json
        text = base64.b64decode(file["content"]).decode("utf-8-sig")
        self.assertGreater(file["hidden"], 0)
        self.assertTrue(text.startswith("ID;Nombre;Teléfono;Correo;"))
        self.assertIn("sin teléfono o correo", file["summary"])

    def test_the_shell_writes_the_file(self):
        done = self.spa.run("export", "--list", "reactivacion", "--purpose", "whatsapp", "--first", "50", "--as-of", "2024-03-14")
        self.assertIn("whatsapp-2024-03-14.xlsx: ", done.stdout)
        made = self.path / "whatsapp-2024-03-14.xlsx"
        self.assertEqual(made.stat().st_mode & 0o777, 0o600)
        self.assertTrue(zipfile.is_zipfile(made))

    def test_nobodys_name_or_pin_is_in_the_log(self):
        log = self.spa.log_text()
        for secret in ("Ñandú", "482915", "740182", "Gloria", "Marta"):
            self.assertNotIn(secret, log)


if __name__ == "__main__":
    unittest.main()
