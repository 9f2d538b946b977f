"""Two lists of invented people made otherwise than the demo's, in regimes by name: other names, rates and dirt, so that the engine is
not judged by one maker's habits alone. make(folder, regime) writes left.csv, current.csv and truth.csv."""
import csv
import random

GIVEN = """maria jose luis juan carlos jorge manuel victor francisco cristian pedro sebastian rodrigo claudio felipe hector sergio camila
carolina patricia daniela claudia andrea ana rosa marcela paola veronica alejandra isabel francisca valentina constanza javiera macarena
catalina fernanda gonzalo ignacio roberto eduardo nicolas diego matias pablo ricardo mario susana ximena lorena gloria teresa marta elena
ines monica sandra cecilia pamela viviana karen tamara belen antonia martina sofia isidora emilia amanda josefa agustin benjamin vicente
martin tomas joaquin lucas maximiliano cristobal bastian alonso gaspar leonardo hugo oscar raul ivan alex nelson wilson jaime alberto""".split()
SURNAMES = """gonzalez munoz rojas diaz perez soto contreras silva martinez sepulveda morales rodriguez lopez araya fuentes hernandez torres
espinoza flores castillo valenzuela ramirez reyes gutierrez castro vargas alvarez vasquez tapia fernandez sanchez cortes gomez herrera
carrasco nunez miranda jara vergara rivera figueroa garcia bravo riquelme vera molina vega sandoval campos orellana zuniga olivares ortiz
gallardo garrido salazar guzman henriquez saavedra navarro aguilera parra romero aravena pizarro godoy caceres leiva escobar yanez valdes
salinas vidal jimenez lagos ruiz cardenas bustos medina maldonado pino moreno carvajal palma sanhueza poblete navarrete saez toro""".split()
PET = {"jose": "Pepe", "francisco": "Pancho", "maria": "Mari", "ignacio": "Nacho", "alejandra": "Ale", "carolina": "Caro", "roberto": "Beto",
       "eduardo": "Lalo", "isabel": "Chabela", "patricia": "Paty", "daniela": "Dani", "fernanda": "Feña", "gonzalo": "Chalo", "sebastian": "Seba",
       "cristian": "Cris", "manuel": "Manu", "catalina": "Cata", "francisca": "Fran", "valentina": "Vale", "constanza": "Coni"}
NEAR_KEYS = dict(a="sq", e="wr", i="uo", o="ip", n="mb", m="n", s="ad", r="et", l="k", d="sf", c="xv", t="ry", b="vn", v="bc", g="fh", u="yi")
SOUNDS_ALIKE = (("v", "b"), ("b", "v"), ("s", "z"), ("z", "s"), ("ll", "y"), ("c", "s"), ("g", "j"), ("h", ""), ("qu", "k"))
TOWNS = ["Puerto Varas, Los Lagos", "Puerto Montt, Los Lagos", "Santiago, Metropolitana", "Osorno, Los Lagos", "Frutillar", "Castro, Los Lagos",
         "Valdivia, Los Ríos", "Temuco, Araucanía", "Concepción, Biobío"]

USUAL = dict(current=8000, legacy=9000, overlap=.5, phone=.85, email=.3, rut=.4, town=.4, recycled=.02, family=.05, changed=.2, typos=.08,
             pet=.05, dropped=.3, repeated=.08, tail=800, two_surnames=.6, shared_mail=False)
REGIMES = {"base": {}, "little_overlap": dict(overlap=.08), "much_overlap": dict(legacy=8000, overlap=.95), "no_rut": dict(rut=0),
           "small": dict(current=300, legacy=400), "families": dict(family=.35, recycled=.1),
           "common_names": dict(current=20000, legacy=20000, overlap=.4, tail=20, two_surnames=.2, dropped=.8),
           "few_contacts": dict(phone=.2, email=.1, rut=.1), "dirty": dict(typos=.3, pet=.15, changed=.4, recycled=.08),
           "large": dict(current=60000, legacy=60000, overlap=.4), "shared_mail": dict(shared_mail=True, email=.6),
           "few_known": dict(current=1000, legacy=15000, overlap=.03, repeated=.3)}


def check_digit(number):
    total = sum(int(d) * (2 + i % 6) for i, d in enumerate(reversed(str(number))))
    left = 11 - total % 11
    return {10: "K", 11: "0"}.get(left, str(left))


class Maker:
    def __init__(self, regime):
        self.r = random.Random(regime)
        self.o = {**USUAL, **REGIMES[regime]}
        self.mails = set()
        self.given = GIVEN + [self.syllables(3) for _ in range(self.o["tail"] // 4)]
        self.surnames = SURNAMES + [self.syllables(self.r.choice((2, 3, 4))) for _ in range(self.o["tail"])]
        self.by_rank = {id(w): [1 / (i + 3) ** .9 for i in range(len(w))] for w in (self.given, self.surnames)}

    def syllables(self, count):
        return "".join(self.r.choice("bcdfghlmnprstv") + self.r.choice("aeiou") for _ in range(count))

    def one(self, names):
        return self.r.choices(names, self.by_rank[id(names)])[0]

    def phone(self):
        return "9" + str(self.r.randrange(30000000, 99999999))

    def chance(self, rate):
        return self.r.random() < (self.o[rate] if isinstance(rate, str) else rate)

    def person(self, relative):
        surnames = list(relative["surnames"]) if relative and self.chance(.7) else [self.one(self.surnames), self.one(self.surnames)]
        given = [self.one(self.given)] + ([self.one(self.given)] if self.chance(.45) else [])
        a, b = given[0], surnames[0]
        local = self.r.choice((a + b, a[0] + b + str(self.r.randrange(100)), f"{a}.{b}{self.r.randrange(1990, 2005)}", self.syllables(4)))
        house = "@" + self.r.choice(("gmail.com", "hotmail.com", "gmail.com", "yahoo.es"))
        while not self.o["shared_mail"] and local + house in self.mails:
            local += str(self.r.randrange(100))
        self.mails.add(local + house)
        return dict(given=given, surnames=surnames, email=local + house, rut=self.r.randrange(5_000_000, 26_000_000),
                    phone=relative["phone"] if relative and self.chance(.6) else self.phone(),
                    town=relative["town"] if relative else self.r.choices(TOWNS, [5, 6, 8, 2, 1, 1, 1, 1, 1])[0])

    def typo(self, text):
        if len(text) < 4:
            return text
        i, kind = self.r.randrange(1, len(text) - 1), self.r.randrange(6)
        if kind == 1:
            return text[:i] + text[i + 1] + text[i] + text[i + 2:]
        if kind == 2:
            return text[:i] + text[i] + text[i:]
        if kind == 3:
            return text[:i] + self.r.choice(NEAR_KEYS.get(text[i].lower(), "e")) + text[i + 1:]
        for a, b in SOUNDS_ALIKE if kind > 3 else ():
            if a in text[1:].lower():
                j = text.lower().index(a, 1)
                return text[:j] + b + text[j + len(a):]
        return text[:i] + text[i + 1:]

    def name(self, given, surnames):
        return " ".join(word.title() for word in given[:1 if self.chance(.5) else 2] + surnames)

    def legacy_row(self, person, world):
        phone, given = person["phone"], person["given"]
        if self.chance("changed"):
            phone = self.phone()
        elif self.chance("recycled"):
            phone = self.r.choice(world)["phone"]
        if self.chance("pet") and given[0] in PET:
            given = [PET[given[0]]]
        name = self.name(given, person["surnames"][:1 if self.chance("dropped") else 2])
        if self.chance("typos"):
            name = self.typo(name)
        if self.chance(.03):
            name = " ".join(reversed(name.split()))
        rut = self.r.choice(world)["rut"] if self.chance(.01) else person["rut"]
        return [name.upper() if self.chance(.06) else name, person["email"].upper() if self.chance("email") else "",
                phone if self.chance("phone") else "", f"{rut:,}".replace(",", ".") + "-" + check_digit(rut) if self.chance("rut") else "",
                person["town"] if self.chance("town") else ""]


def make(folder, regime):
    m = Maker(regime)
    both, world = int(m.o["overlap"] * m.o["legacy"]), []
    while len(world) < m.o["current"] + m.o["legacy"] - both:
        world.append(m.person(m.r.choice(world) if world and m.chance("family") else None))
    m.r.shuffle(world)
    used, truth = set(), []
    with open(folder / "current.csv", "w", newline="") as file:
        out = csv.writer(file)
        out.writerow("id,nombre,email,telefono,documento_identidad,pais,ciudad".split(","))
        for i, p in enumerate(world[:m.o["current"]], 1):
            phone = m.phone() if p["phone"] in used or m.chance(.02) else p["phone"]
            used.add(phone)
            name = m.name(p["given"], p["surnames"][:2 if m.chance("two_surnames") else 1])
            out.writerow([i, m.typo(name) if m.chance(.03) else name, p["email"] if m.chance(.55) else "", "+56" + phone,
                          f"{p['rut']}-{check_digit(p['rut'])}" if m.chance(.6) else "", "Chile", p["town"].split(",")[0] if m.chance(.6) else ""])
            p["id"] = i
    with open(folder / "left.csv", "w", newline="") as file:
        out, row = csv.writer(file), 0
        out.writerow("Auto Increment,Record ID,Created On,Email,Telefono,Reservas,Client,Documento Identidad,Direccion,voucher".split(","))
        for p in world[m.o["current"] - both:]:
            for _ in range(2 if m.chance("repeated") else 1):
                row += 1
                name, email, phone, rut, town = m.legacy_row(p, world)
                out.writerow([row, m.syllables(5), "3/4/2021 10:00", email, phone, "", name, rut, town, ""])
                if "id" in p:
                    truth.append((row, p["id"]))
    with open(folder / "truth.csv", "w", newline="") as file:
        csv.writer(file).writerows([("legacy_id", "current_id"), *truth])
