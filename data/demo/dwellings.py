"""The demo community's homes and who lives in them: made-up people whose names say so.

Every given name begins with 演 (as in 演示, demonstration), every telephone number is of the range
199-0000, which is assigned to nobody, and every identity number carries the division 999999, which
does not exist (so no such number was ever issued); its check digit is right, so that it can be
imported. Nobody real can be meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from data.demo.areas import COMMUNITY_ID, residents_of
from data.demo.footprints import Building
from data.demo.plan import draw_plan
from rules.identity import id_check_digit
from rules.masking import age_on

DIVISION = "999999"
PHONE_RANGE = "1990000"
SURNAMES = (
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "马", "朱", "胡", "郭",
    "何", "林", "高", "罗", "郑", "梁", "谢", "宋", "唐", "许", "邓", "冯", "韩", "曹",
)  # fmt: skip
GIVEN = (
    "禾", "松", "柏", "梅", "兰", "竹", "菊", "荷", "桂", "枫", "桐", "杉", "楠", "榕", "柳", "杏",
    "桃", "梨", "枣", "榴", "云", "霞", "雪", "雨", "星", "月", "川", "河", "湖", "海", "山", "石",
    "田", "野", "春", "夏", "秋", "冬", "晨", "暮", "东", "南", "西", "北", "金", "银", "玉", "瓷",
)  # fmt: skip
# Ages are as of this day, whenever the demo is loaded, so that the people stay the same.
AS_OF = date(2026, 6, 30)
_OLDER = frozenset({"shiliu", "anju", "wenchang", "liyuan"})  # estates with more old people


@dataclass(frozen=True, slots=True)
class Person:
    """One made-up resident."""

    name: str
    sex: str
    born: date
    relation: str
    id_number: str
    phone: str | None

    @property
    def age(self) -> int:
        """Age on the demo's own day."""
        return age_on(self.born, AS_OF)


@dataclass(frozen=True, slots=True)
class Home:
    """One dwelling with the people in it."""

    source_id: str
    building: Building
    unit: str
    door: str
    residence: str
    people: tuple[Person, ...]


def homes(seed: int) -> list[Home]:
    """Return every home of the plan with its people, building by building, floor by floor."""
    people = _People(Random(f"{COMMUNITY_ID}/{seed}/residents"))
    return [home for building in draw_plan().buildings for home in _of_building(building, people)]


def _of_building(building: Building, people: _People) -> Iterator[Home]:
    doors = list(_doors(building))
    sizes = people.sizes(len(doors), residents_of(building))
    older = building.estate.code in _OLDER
    for number, ((unit, door), size) in enumerate(zip(doors, sizes, strict=True), start=1):
        key = f"home-{building.estate.code}-{building.number:02d}-{number:03d}"
        yield Home(key, building, unit, door, people.residence(), people.household(size, older))


def _doors(building: Building) -> Iterator[tuple[str, str]]:
    estate = building.estate
    for stair in range(1, estate.stairs + 1):
        for floor in range(1, estate.floors + 1):
            for home in range(1, estate.per_floor + 1):
                yield f"{stair}单元", f"{floor}{home:02d}"


class _People:
    """Draws households from one stream of chance; telephone numbers are given out in turn."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._phones = 0

    def sizes(self, count: int, total: int) -> list[int]:
        """Share people out: nobody's home is empty, few hold more than five."""
        sizes = [1] * count
        for _ in range(total - count):
            open_homes = [k for k in self._chance.sample(range(count), 3) if sizes[k] < 5]
            sizes[open_homes[0] if open_homes else self._chance.randrange(count)] += 1
        return sizes

    def residence(self) -> str:
        """Own, rent or lodge."""
        return self._chance.choices(("own", "rent", "lodge"), (72, 24, 4))[0]

    def household(self, size: int, older: bool) -> tuple[Person, ...]:
        """A head, then spouse, children and parents as far as the size allows."""
        chance = self._chance
        low, high = (50, 88) if size == 1 and older else (26, 68) if size > 1 else (24, 80)
        age = chance.randint(low, high)
        sex = chance.choice(("male", "female"))
        family = chance.choice(SURNAMES)
        people = [self._person(family, sex, age, "head")]
        if size > 1:
            other = "female" if sex == "male" else "male"
            spouse = max(22, age + chance.randint(-4, 3))
            people.append(self._person(chance.choice(SURNAMES), other, spouse, "spouse"))
        for number in range(size - 2):
            relation, years = self._further(age, number)
            name = family if relation == "child" else chance.choice(SURNAMES)
            people.append(self._person(name, chance.choice(("male", "female")), years, relation))
        return tuple(people)

    def _further(self, age: int, number: int) -> tuple[str, int]:
        """Relation and age of the third and later members."""
        child = age - self._chance.randint(23, 34)
        if number < 2 and child >= 0:
            return "child", child
        return "parent", min(97, age + self._chance.randint(22, 30))

    def _person(self, family: str, sex: str, age: int, relation: str) -> Person:
        chance = self._chance
        born = AS_OF - timedelta(days=age * 365 + age // 4 + chance.randint(1, 364))
        name = f"{family}演{chance.choice(GIVEN)}"
        years = age_on(born, AS_OF)
        phone = self._phone() if years >= 14 and chance.random() < 0.93 else None
        return Person(name, sex, born, relation, self._id_number(born, sex), phone)

    def _phone(self) -> str:
        self._phones += 1
        return f"{PHONE_RANGE}{self._phones % 10_000:04d}"

    def _id_number(self, born: date, sex: str) -> str:
        odd = sex == "male"
        serial = self._chance.randrange(0, 500) * 2 + odd
        first = f"{DIVISION}{born:%Y%m%d}{serial:03d}"
        return first + id_check_digit(first)


def everyone(dwellings: Sequence[Home]) -> Iterator[tuple[str, Home, Person]]:
    """Yield every person with the id of the demo register and the home they live in."""
    number = 0
    for home in dwellings:
        for person in home.people:
            number += 1
            yield f"person-{number:05d}", home, person
