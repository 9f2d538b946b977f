#!/usr/bin/env python3
"""The guide's curl lines answer the guide's numbers, on SQLite and on PostgreSQL, through the real program."""
import pathlib
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from harness import BASE, STORY_DAY, Postgres, Spa, make_demo  # noqa: E402


class Guide:
    """The cases; the two classes below say on which engines."""

    spa: Spa

    def get(self, path, **query):
        answer = self.spa.get(BASE + path, headers={"X-Tenant": "aremko"}, as_of=STORY_DAY, **query)
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json

    def contains(self, whole, part, path="$"):
        """Every field of `part` stands in `whole` with the same value; lists entry by entry."""
        if isinstance(part, dict):
            for key, value in part.items():
                self.assertIn(key, whole, path)
                self.contains(whole[key], value, f"{path}.{key}")
        elif isinstance(part, list):
            self.assertEqual(len(whole), len(part), path)
            for index, value in enumerate(part):
                self.contains(whole[index], value, f"{path}[{index}]")
        else:
            self.assertEqual(whole, part, path)

    def test_1_sync_links_maria_and_a_second_sync_creates_nothing(self):
        first = self.spa.post(BASE + "/sync/legacy-to-current").json
        for field in ("total_legacy", "total_current", "mappings_created", "high_confidence", "medium_confidence",
                      "no_match", "details"):
            self.assertIn(field, first)
        self.assertGreater(first["mappings_created"], 100)
        self.assertEqual(first["mappings_created"], first["high_confidence"] + first["medium_confidence"])
        self.assertEqual(first["total_legacy"], first["mappings_created"] + first["no_match"])
        maria = [d for d in first["details"] if d["legacy_id"] == "1657"]
        self.contains(maria, [{"legacy_id": "1657", "legacy_name": "María González", "current_id": 123,
                               "current_name": "María González", "confidence": 95,
                               "reasons": ["phone_exact", "name_exact"]}])
        second = self.spa.post(BASE + "/sync/legacy-to-current").json
        self.assertEqual(second["mappings_created"], 0)

    def test_2_the_receptionist_finds_maria(self):
        found = self.get("/customers/search", query="Maria Gonzalez", source="all")
        self.contains(found["current_matches"][0], {"id": 123, "nombre": "María González", "telefono": "+56987654321",
                                                    "email": "maria@gmail.com", "legacy_ids": ["1657"]})
        self.contains([m for m in found["legacy_matches"] if m["legacy_id"] == "1657"],
                      [{"legacy_id": "1657", "record_id": "VX9QoGpQwY", "nombre": "María González",
                        "telefono": "+56987654321", "customer_id": 123}])
        self.assertEqual((found["query"], found["source"]), ("Maria Gonzalez", "all"))

    def test_2_by_phone(self):
        found = self.get("/customers/search", query="987654321")
        self.assertEqual(found["current_matches"][0]["id"], 123)
        self.assertEqual(found["current_matches"][0]["matched_on"], "telefono")
        self.assertEqual(found["legacy_matches"], [])

    def test_3_her_profile(self):
        profile = self.get("/customers/123/profile", include_legacy="true")
        self.contains(profile, {
            "customer_id": 123,
            "basic_info": {"id": 123, "nombre": "María González", "email": "maria@gmail.com",
                           "telefono": "+56987654321", "documento_identidad": "12345678-9", "ciudad": "Puerto Montt",
                           "pais": "Chile"},
            "statistics": {"total_visitas": 17, "total_gastado": 680000, "promedio_por_visita": 40000,
                           "ultima_visita": "2020-03-15T14:30:00", "primera_visita": "2016-08-20T11:00:00",
                           "visitas_ultimo_ano": 0},
            "rfm_analysis": {"recency_score": 1, "frequency_score": 4, "monetary_score": 3, "rfm_combined_score": 2.7,
                             "days_since_last_visit": 1460, "segment": "At Risk"},
            "service_preferences": [
                {"servicio_id": 5, "servicio_nombre": "Masaje Relajante", "tipo_servicio": "masaje",
                 "veces_reservado": 12, "ultima_reserva": "2020-03-15T15:00:00"},
                {"servicio_id": 8, "servicio_nombre": "Tina Caliente Premium", "tipo_servicio": "tina",
                 "veces_reservado": 5, "ultima_reserva": "2020-02-10T16:30:00"}]})
        self.assertTrue(profile["recent_reservations"])
        self.assertTrue(profile["recent_payments"])
        self.assertTrue(profile["legacy_data"]["records"])
        alone = self.get("/customers/123/profile", include_legacy="false")
        self.assertIsNone(alone["legacy_data"])
        self.assertLess(alone["statistics"]["total_visitas"], 17)

    def test_4_her_insights(self):
        insights = self.get("/customers/123/insights")
        self.contains(insights, {
            "customer_id": 123, "segment": "At Risk", "ltv": 680000, "avg_ticket": 40000,
            "visit_frequency": "Regular (cada 2 meses)",
            "preferred_services": ["Masaje Relajante", "Tina Caliente Premium"],
            "preferred_service_types": ["masaje", "tina"],
            "seasonality": {"pattern": "Prefiere verano", "best_months": ["Enero", "Febrero", "Diciembre"],
                            "month_counts": {"Enero": 4, "Febrero": 3, "Diciembre": 2}},
            "payment_behavior": {"preferred_method": "transferencia",
                                 "payment_methods_used": ["transferencia", "efectivo", "flow"],
                                 "method_distribution": {"transferencia": 10, "efectivo": 5, "flow": 2}},
            "churn_risk": "Alto", "upsell_potential": "Alto (probar nuevos servicios)"})
        self.assertEqual(list(insights["seasonality"]["month_counts"]), ["Enero", "Febrero", "Diciembre"])

    def test_5_the_reactivation_list(self):
        found = self.get("/campaigns/inactive-customers", months=12, limit=100)
        self.contains(found["parameters"], {"months_inactive": 12, "limit": 100})
        self.assertEqual(found["total_analyzed"], len(found["customers"]))
        priorities = [c["reactivation_priority"] for c in found["customers"]]
        self.assertEqual(priorities, sorted(priorities, reverse=True))
        patricio = [c for c in found["customers"] if c["profile"]["customer_id"] == 456]
        self.contains(patricio, [{
            "reactivation_priority": 92,
            "profile": {"basic_info": {"nombre": "Patricio López", "email": "patricio@gmail.com"},
                        "statistics": {"total_gastado": 1200000, "total_visitas": 25},
                        "rfm_analysis": {"segment": "At Risk", "days_since_last_visit": 450}},
            "insights": {"ltv": 1200000, "preferred_services": ["Masaje Terapéutico", "Alojamiento Weekend"],
                         "churn_risk": "Medio-Alto", "upsell_potential": "Bajo (ya es buen cliente)"}}])

    def test_6_segments(self):
        total = 0
        for segment in ("VIP", "Champions", "Loyal", "Promising", "At%20Risk", "Hibernating", "Lost", "New",
                        "Occasional"):
            found = self.get("/campaigns/segments/" + segment, limit=50)
            self.assertEqual(found["segment"], segment.replace("%20", " "))
            self.assertLessEqual(len(found["customers"]), 50)
            for member in found["customers"]:
                self.assertEqual(member["rfm"]["segment"], found["segment"])
                self.assertIn("total_gastado", member["stats"])
                self.assertIn("nombre", member["customer"])
            total += found["total_found"]
        self.assertEqual(total, self.get("/stats/overview")["current_database"]["total_customers"])

    def test_7_her_mapping(self):
        mapping = self.get_mapping("/mappings/customer/123")
        self.contains(mapping, {"customer_id": 123, "has_legacy_data": True,
                                "mapping": {"legacy_id": "1657", "confidence_score": 95,
                                            "metadata": {"match_reasons": ["phone_exact", "name_exact"],
                                                         "legacy_name": "María González",
                                                         "current_name": "María González"}},
                                "legacy_customer": {"legacy_id": "1657"}})
        self.assertIn("id", mapping["mapping"])
        self.assertIn("created_at", mapping["mapping"])

    def get_mapping(self, path):
        answer = self.spa.get(BASE + path)
        self.assertEqual(answer.status, 200, answer.body)
        return answer.json

    def test_8_the_overview(self):
        overview = self.get("/stats/overview")
        self.assertLessEqual({"total_customers", "inactive_12_months", "services_available", "products_available"},
                             set(overview["current_database"]))
        self.assertLessEqual({"total_customers", "with_email", "with_phone", "email_percentage", "phone_percentage",
                              "top_cities"}, set(overview["legacy_data"]))
        self.assertLessEqual({"current_with_email", "current_with_phone", "current_with_rut"},
                             set(overview["data_completeness"]))

    def test_9_the_same_on_the_command_line(self):
        import json
        for verb in (["search", "maria gonzalez", "--source", "all"], ["profile", "123"], ["insights", "123"],
                     ["inactive", "--months", "12", "--limit", "5"], ["segment", "At Risk", "--limit", "5"], ["stats"]):
            done = self.spa.run(*verb, "--as-of", STORY_DAY, "--json")
            self.assertEqual(json.loads(done.stdout)["as_of"], STORY_DAY, verb)
            self.assertTrue(self.spa.run(*verb, "--as-of", STORY_DAY).stdout.strip())


class OnSqlite(Guide, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="aremko-")
        path = pathlib.Path(cls.folder.name)
        database, legacy = make_demo(path)
        cls.spa = Spa(path, database, legacy).serve()

    @classmethod
    def tearDownClass(cls):
        cls.spa.stop()
        cls.folder.cleanup()


class OnPostgres(Guide, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.postgres = Postgres()
        cls.folder = tempfile.TemporaryDirectory(prefix="aremko-")
        path = pathlib.Path(cls.folder.name)
        database, legacy = make_demo(path, database_url=cls.postgres.create("aremko_db"))
        cls.spa = Spa(path, database, legacy, store_url=cls.postgres.create("mcpdb")).serve()

    @classmethod
    def tearDownClass(cls):
        cls.spa.stop()
        cls.folder.cleanup()
        cls.postgres.close()


if __name__ == "__main__":
    unittest.main()
