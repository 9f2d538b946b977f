#!/usr/bin/env python3
"""The booking system's own client of this server, written from what it is known to call and to read."""
import html.parser
import pathlib
import re
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import BASE, STORY_DAY, Spa, make_demo  # noqa: E402


class Client:
    """GET /proposals/customer/{id}, POST /proposals/send/{id} and /proposals/batch?limit=&segment=, GET /health; every call
    with X-API-Key, X-Tenant and Content-Type, no call with a body. A status of 400 or more is an exception."""

    def __init__(self, spa: Spa, key: str):
        self.spa, self.headers, self.key = spa, {"X-Tenant": "Aremko", "Content-Type": "application/json"}, key

    def call(self, method, path, **query):
        answer = self.spa.request(method, BASE + path, key=self.key, headers=self.headers, **query)
        if answer.status >= 400:
            raise RuntimeError(f"{answer.status} {answer.json['detail']}")
        return answer.json

    def proposal(self, customer):
        return self.call("GET", f"/proposals/customer/{customer}", as_of=STORY_DAY)

    def send(self, customer):
        return self.call("POST", f"/proposals/send/{customer}")

    def batch(self, segment=None, limit=100):
        return self.call("POST", "/proposals/batch", limit=limit, as_of=STORY_DAY, **({"segment": segment} if segment else {}))

    def healthy(self):
        return self.spa.request("GET", "/api/v1/health", key=self.key, headers=self.headers).status == 200


class Tags(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.text = set(), ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text += data


class BookingClient(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="aremko-")
        path = pathlib.Path(cls.folder.name)
        database, legacy = make_demo(path, customers=1500)
        cls.spa = Spa(path, database, legacy).serve()
        cls.spa.post(BASE + "/sync/legacy-to-current")  # María's history stands in both sources
        cls.client = Client(cls.spa, cls.spa.make_key("write"))

    @classmethod
    def tearDownClass(cls):
        cls.spa.stop()
        cls.folder.cleanup()

    def test_a_proposal_has_what_its_page_shows(self):
        self.assertTrue(self.client.healthy())
        proposal = self.client.proposal(123)
        self.assertEqual(proposal["customer_profile"]["basic_info"]["nombre"], "María González")
        self.assertEqual(proposal["customer_profile"]["statistics"]["total_gastado"], 680000)
        for name, value in proposal["insights"].items():
            self.assertIsInstance(value, (str, int, float), name)
        self.assertEqual(proposal["insights"]["segment"], "At Risk")
        self.assertTrue(proposal["recommendations"])
        catalogue = {s["nombre"] for s in self.spa.get(BASE + "/services", only_available="true").json["services"]}
        for one in proposal["recommendations"]:
            self.assertIn(one["service_name"], catalogue)
            self.assertTrue(0 <= one["confidence"] <= 1)
            self.assertGreater(one["estimated_price"], 0)
            self.assertTrue(one["reason"])
        self.assertTrue(proposal["offer"]["title"] and proposal["offer"]["description"])

    def test_the_letter_is_the_checked_message(self):
        body = self.client.proposal(123)["email_body"]
        read = Tags(body)
        self.assertLessEqual(read.tags, {"html", "body", "div", "p", "br"})
        message = self.spa.get(BASE + "/customers/123/proposal", as_of=STORY_DAY).json["mensaje"]
        self.assertEqual(re.sub(r"\s+", " ", read.text).strip(), re.sub(r"\s+", " ", message).strip())

    def test_sending_is_refused_with_a_reason(self):
        with self.assertRaisesRegex(RuntimeError, "409 .*todavía no envía"):
            self.client.send(123)
        with self.assertRaisesRegex(RuntimeError, "^404 "):
            self.client.send(987654321)
        reader = Client(self.spa, self.spa.make_key("read"))
        with self.assertRaisesRegex(RuntimeError, "^403 "):
            reader.send(123)

    def test_a_batch_is_of_those_who_may_be_written_to(self):
        batch = self.client.batch(segment="At Risk", limit=30)
        self.assertEqual(batch["total_generated"], len(batch["proposals"]))
        self.assertTrue(0 < batch["total_generated"] <= 30)
        for proposal in batch["proposals"]:
            self.assertEqual(proposal["insights"]["segment"], "At Risk")
            self.assertTrue(proposal["email_body"].startswith("<html>"))
            self.assertIn("email", proposal["channels"])
        everybody = self.spa.get(BASE + "/campaigns/segments/At%20Risk", limit=1, as_of=STORY_DAY).json["total_found"]
        self.assertEqual(batch["total_found"] + batch["left_out"], everybody)
        self.assertEqual(self.client.batch(limit=5)["total_generated"], 5)
        with self.assertRaisesRegex(RuntimeError, "^422 "):
            self.client.batch(segment="nadie")


if __name__ == "__main__":
    unittest.main()
