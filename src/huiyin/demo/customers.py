"""What is known of each customer of the demonstration before it is put on file; a function of its place in the line."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from huiyin.customers.values import ContactPersonFacts, CustomerFacts
from huiyin.demo.texts import customers as texts

TIERS = ("A", "B", "B", "C", "C", "C")
EVERY_ENGLISH, EVERY_LONG = 5, 11
"""Of so many customers one writes English, one has a name as long as a form allows."""


@dataclass(frozen=True, slots=True)
class CustomerProfile:
    """One customer: its card, the people who speak for it, and the language they write in."""

    facts: CustomerFacts
    people: tuple[ContactPersonFacts, ...]
    language: str


def customer_profile(place: int, random: Random) -> CustomerProfile:
    """The customer at ``place`` (from 0) of the line; no two of the first hundred have the same name."""
    return _english(place, random) if place % EVERY_ENGLISH == 2 else _chinese(place, random)


def _chinese(place: int, random: Random) -> CustomerProfile:
    # Lists of lengths without a common factor, walked side by side: no combination comes twice among the first hundred.
    city, province, code, road = texts.CITIES[place * 7 % len(texts.CITIES)]
    brand = texts.FIRST[place * 3 % len(texts.FIRST)] + texts.SECOND[(place * 5 + place // 16) % len(texts.SECOND)]
    trade, products = texts.TRADES[place * 5 % len(texts.TRADES)]
    name = f"{city}{brand}{trade}{random.choice(texts.FORMS)}"
    if place % EVERY_LONG == 3:
        name = texts.LONG.format(city=city, brand=brand, trade=trade, road=road[:3])
    telephone = f"{code}-{5550_0000 + random.randrange(10_000)}"
    facts = CustomerFacts(
        name=name,
        short_name=f"{brand}{trade}"[:8],
        tier=random.choice(TIERS),
        enterprise_kind=random.choice(texts.KINDS),
        main_products=products,
        address=f"{province}{city}市{road}{random.randrange(1, 999)}号",
        telephone=telephone,
        fax=telephone[:-4] + f"{random.randrange(10_000):04}" if random.random() < 0.3 else "",
        warranty_months=random.choice((None, None, None, 12, 18, 24)),
    )
    people = tuple(_speaker(place, k, random) for k in range(random.choice((1, 1, 2, 2, 3))))
    return CustomerProfile(facts, people, "zh")


def _speaker(place: int, k: int, random: Random) -> ContactPersonFacts:
    role, post, _ = random.choice(texts.POSTS)
    mobile = f"13{random.randrange(10)}0000{(place * 3 + k) % 10_000:04}"
    return ContactPersonFacts(
        name=chinese_name(random),
        role=role,
        post=post,
        mobile=mobile,
        email=f"{role}{k + 1}@c{place + 1001}.example" if random.random() < 0.6 else "",
        wechat=f"wx_{mobile[-6:]}" if random.random() < 0.4 else "",
    )


def chinese_name(random: Random) -> str:
    """A person's name, surname first."""
    return random.choice(texts.SURNAMES) + random.choice(texts.GIVEN)


def _english(place: int, random: Random) -> CustomerProfile:
    number = place // EVERY_ENGLISH
    brand = texts.ENGLISH_NAMES[number % len(texts.ENGLISH_NAMES)]
    trade = texts.ENGLISH_TRADES[number * 7 % len(texts.ENGLISH_TRADES)]
    form, address, telephone = texts.ENGLISH_PLACES[number % len(texts.ENGLISH_PLACES)]
    name = f"{brand} {trade} {form}"
    facts = CustomerFacts(
        name=name,
        short_name=brand,
        name_en=name,
        tier=random.choice(TIERS),
        main_products=trade,
        address=address,
        telephone=f"{telephone}{random.randrange(100, 999)}",
    )
    people = []
    for k in range(random.choice((1, 1, 2))):
        role, _, post = random.choice(texts.POSTS)
        person = random.choice(texts.ENGLISH_PEOPLE)
        email = f"{person.split()[0].lower()}.{k + 1}@{brand.split()[0].lower()}.example"
        line = f"{telephone}{random.randrange(100, 999)}"
        people.append(ContactPersonFacts(name=person, role=role, post=post, telephone=line, email=email))
    return CustomerProfile(facts, tuple(people), "en")
