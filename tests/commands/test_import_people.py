"""`import` of registers about people: 一标三实 columns in, forbidden ones never, shapes only."""

from __future__ import annotations

import csv
import io
from datetime import datetime

import openpyxl
import pytest

from commands.imports import run_import
from commands.quarantine import run_quarantine
from ingest.files.failures import MappingInvalid
from ingest.files.mapping import Mapping
from tests.commands.shell import Shell, counts

HEAD = (
    "人员编号,姓名,性别,身份证号,出生日期,联系电话,楼栋,单元,房号,户编号,与户主关系,居住类型,"
    "民族,宗教信仰,备注\n"
)
GOOD = (
    "登记一,王演禾,女,999999194912310025,1949/12/31,199 0000 0001,,1,五〇一,五栋户,户主,自住,"
    "汉,无,爱下棋\n"
)
# None of these can turn up by chance in a hash or a sealed text.
VALUES = (
    "王演禾", "999999194912310025", "19900000001", "1949-12-31", "五〇一", "五栋户", "爱下棋",
    "登记一",
)  # fmt: skip


@pytest.fixture
def shell(store, tmp_path):
    return Shell(store, tmp_path)


def everything(shell: Shell) -> str:
    tables = shell.sql("select table_name from information_schema.tables where table_schema='main'")
    return "\n".join(str(shell.sql(f"from {table}")) for (table,) in tables)


def test_a_register_is_taken_once_and_known_again(shell) -> None:
    path = shell.file(HEAD + GOOD)
    status, words = shell.run(run_import, "person", path, "residents", "demo")
    assert (status, words.result) == (0, counts(new=1))
    assert any("民族" in line and "宗教信仰" in line for line in words.errors)
    _, words = shell.run(run_import, "persons", path, "residents", "demo")
    assert words.result == counts(unchanged=1)
    shell.file(HEAD + GOOD.replace("0001", "0002"))
    _, words = shell.run(run_import, "person", path, "residents", "demo")
    assert words.result == counts(changed=1)
    lines = shell.sql("select action, actor, detail from audit_event order by seq")
    assert [line[:2] for line in lines] == [("person.import", "cli")] * 3
    assert '"changed": 1' in lines[-1][2]
    text = everything(shell)
    for value in VALUES:
        assert value not in text
    assert shell.sql("select residence, completeness > 0.8 from person_now") == [("own", True)]
    fields = shell.sql("select distinct field from personal_field where subject_kind = 'person'")
    assert {field for (field,) in fields} == {
        "name", "sex", "id_number", "birth_date", "phone", "unit", "door", "relation",
    }  # fmt: skip


BAD = [
    ("r2,李演松,女,110105194912310021,,,,,,,,,,,\n", "id_number_invalid", "id_number"),
    ("r3,李演松,男,999999194912310025,,,,,,,,,,,\n", "id_number_disagrees", ""),
    ("r4,李演松,,,,12,,,,,,,,,\n", "phone_invalid", "phone"),
    ("r5,李演松,,,昨天,,,,,,,,,,\n", "day_invalid", "birth_date"),
    ("r6,,,,,,,,,,,,,,\n", "field_missing", "name"),
    ("r7,李演松,双,,,,,,,,,,,,\n", "value_unknown", "sex"),
    ("r8,李演松,,,,,没有这栋楼,,,,,,,,\n", "reference_unknown", "place_id"),
    ("r9,张演竹,,,2020-05-01,,,,,,,,,,\n", "consent_missing", "birth_date"),
    (",李演松,,,,,,,,,,,,,\n", "id_missing", "source_id"),
    ("登记一,李演松,,,,,,,,,,,,,\n", "id_repeated", "source_id"),
    ("ra,李演松,,,,,,,,,,,,,\nra,李演松,,,,1990000,,,,,,,,,\n", "id_repeated", "source_id"),
]


@pytest.mark.parametrize(("row", "code", "field"), BAD)
def test_a_bad_row_goes_to_quarantine_as_a_shape(shell, row, code, field) -> None:
    path = shell.file(HEAD + GOOD + row)
    _, words = shell.run(run_import, "person", path, "residents", "demo")
    assert words.result["quarantined"] == 1
    _, words = shell.run(run_quarantine, community_id="demo", as_csv=True)
    (listed,) = csv.DictReader(io.StringIO("\n".join(words.lines)))
    assert (listed["code"], listed["field"]) == (code, field)
    raw = shell.sql("select raw, message from quarantine")[0]
    for value in (
        "李演松",
        "张演竹",
        "110105194912310021",
        "没有这栋楼",
        "昨天",
        "双",
        "r2",
        "2020",
    ):
        assert value not in raw[0] + raw[1]


def test_the_shape_of_a_row_shows_where_the_mistake_is(shell) -> None:
    row = "r2,Ann O李,女,11010519491231O02X,1949-12-31,,,,,,,,,,\n"
    shell.run(run_import, "person", shell.file(HEAD + row), "residents", "demo")
    (raw,) = shell.sql("select raw from quarantine")[0]
    assert raw.startswith("A0\tAAA A字\t字\t00000000000000A00A\t0000-00-00")


def test_a_file_without_headings_quotes_nobody_in_its_error(shell) -> None:
    status, words = shell.run(run_import, "person", shell.file(GOOD), "residents", "demo")
    assert status == 2
    assert not [v for v in VALUES[:4] if v in " ".join(words.errors)]


@pytest.mark.parametrize("heading", ["民族", "信访次数", "吸毒史", "mental health", "标签"])
def test_a_mapping_that_reads_a_forbidden_column_is_refused(shell, heading: str) -> None:
    folder = shell.var / "mappings"
    folder.mkdir()
    (folder / "own.toml").write_text(
        f'kind = "persons"\nsource = "own"\n[id]\ncolumns = ["编号"]\n'
        f'[fields]\nname = {{ columns = ["姓名"] }}\nemployer = {{ columns = ["{heading}"] }}\n',
        encoding="utf-8",
    )
    status, words = shell.run(run_import, "person", shell.file(HEAD + GOOD), "own", "demo")
    assert status == 2 and heading in words.errors[0]
    with pytest.raises(ValueError, match="never recorded"):
        Mapping.model_validate(
            {"kind": "persons", "source": "own", "id": {"columns": [heading]}, "fields": {}}
        )
    assert MappingInvalid  # the sentence for people is made of it


def test_a_mapping_has_no_field_to_put_a_forbidden_thing_in(shell) -> None:
    with pytest.raises(ValueError, match="is not a field"):
        Mapping.model_validate(
            {
                "kind": "persons",
                "source": "own",
                "id": {"columns": ["编号"]},
                "fields": {"ethnicity": {"columns": ["族"]}},
            }
        )


def test_a_workbook_with_dates_as_dates_is_read(shell) -> None:
    born, agreed = datetime(1949, 12, 31), datetime(2026, 1, 5)  # noqa: DTZ001 - as Excel has it
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["居民登记表"])
    sheet.append(["人员编号", "姓名", "出生日期", "关爱类别", "关爱服务同意日期"])
    sheet.append(["r1", "王演禾", born, "独居", agreed])
    path = shell.var / "人员.xlsx"
    book.save(path)
    status, words = shell.run(run_import, "person", path, "residents", "demo")
    assert (status, words.result) == (0, counts(new=1))
    assert shell.sql("select purpose, given_on::varchar from consent_now") == [
        ("care_service", "2026-01-05")
    ]


def test_the_other_registers_are_taken_by_their_mappings(shell) -> None:
    files = {
        "households": ("户编号,单元,房号\nh1,1,五〇一\n", "households"),
        "enterprises": (
            "单位名称,统一社会信用代码,地址,负责人,联系电话,行业\n"
            "演示五金店,91350100M000100Y43,一路一号,孙演四,19900009004,零售\n",
            "enterprises",
        ),
    }
    for kind, (text, mapping) in files.items():
        _, words = shell.run(run_import, kind, shell.file(text), mapping, "demo")
        assert words.result == counts(new=1)
    shell.run(run_import, "person", shell.file(HEAD + GOOD), "residents", "demo")
    consents = "编号,人员编号,用途,同意日期\nc1,登记一,探访,2026-01-05\nc2,没有,探访,2026-01-05\n"
    _, words = shell.run(run_import, "consent", shell.file(consents), "consents", "demo")
    assert words.result == counts(new=1, quarantined=1)
    places = "编号,名称,类别\nb1,石榴苑 1号楼,楼栋\n"
    shell.run(run_import, "places", shell.file(places), "places", "demo")
    facts = "楼栋编号,建成年份,层数,电梯数,结构,物业公司\nb1,1994,6,0,砖混,演示物业甲\n"
    _, words = shell.run(run_import, "building_file", shell.file(facts), "building_files", "demo")
    assert words.result == counts(new=1)
    for value in ("孙演四", "19900009004", "一路一号", "五〇一"):
        assert value not in everything(shell)


def test_a_person_of_one_community_is_nobody_in_another(shell) -> None:
    path = shell.file(HEAD + GOOD)
    for community in ("demo", "boston"):
        _, words = shell.run(run_import, "person", path, "residents", community)
        assert words.result == counts(new=1)
    rows = shell.sql(
        "select count(distinct person_id), count(distinct household_id) from person_now"
    )
    assert rows == [(2, 2)]
