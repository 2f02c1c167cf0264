"""A sheet is read as people mean it, whatever program they made it with."""

from datetime import date, datetime, time

import pytest

from interfaces import sheets
from interfaces.sheets.unreadable import DoubledColumn, NoTitle
from tests.sheets.files import ADDRESS, FIELDS, Asked, csv_file, workbook

DAY = date(2026, 11, 22)
PLAIN = ("Название;Телефон;Адрес", "Кухня;8 916 123-45-67;ул. Ленина, 1")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_csv_file_is_read_in_any_encoding_of_its_country(encoding: str, end: str) -> None:
    sheet = sheets.read("сделки.csv", csv_file(*PLAIN, encoding=encoding, end=end))
    assert sheet.columns == ["Название", "Телефон", "Адрес"]
    assert sheet.rows == [(2, ["Кухня", "8 916 123-45-67", "ул. Ленина, 1"])]


@pytest.mark.parametrize(
    "lines",
    [
        ("a;b,c", "1;2,5"),
        ("a,b", '1,"2,5"'),
        ("a\tb", "1\t2,5"),
        ("sep=;", "a;b", "1;2,5"),
        ('"a;x"\tb', "1\t2,5"),
    ],
)
def test_the_delimiter_is_found_by_itself(lines: tuple[str, ...]) -> None:
    sheet = sheets.read("deals.csv", csv_file(*lines))
    assert sheet.rows[-1].cells == ["1", "2,5"]


def test_rows_keep_the_numbers_that_excel_shows() -> None:
    sheet = sheets.read("a.csv", csv_file("title", "", "One", ";;", '"Two', 'lines"', "Three"))
    assert [(line.number, line.cells[0]) for line in sheet.rows] == [
        (3, "One"),
        (5, "Two\nlines"),
        (6, "Three"),
    ]


def test_the_values_of_a_workbook_are_texts_as_people_see_them() -> None:
    values = [
        *("Кухня", 79161234567, 1500.5, 0.1 + 0.2, 12.0, True, None),
        *(DAY, datetime.combine(DAY, time()), datetime.combine(DAY, time(9, 30)), time(9, 30)),
    ]
    names = [f"c{n}" for n in range(len(values))]
    sheet = sheets.read("a.xlsx", workbook(names, values))
    assert sheet.rows[0].cells == [
        *("Кухня", "79161234567", "1500.5", "0.3", "12", "yes", ""),
        *("2026-11-22", "2026-11-22", "2026-11-22T09:30:00", "09:30:00"),
    ]


def test_the_formula_of_a_cell_is_not_its_value() -> None:
    sheet = sheets.read("a.xlsx", workbook(["title", "sum"], ["Kitchen", "=1+1"]))
    assert sheet.rows[0].cells == ["Kitchen", ""]


def test_columns_are_understood_in_both_languages_and_by_fields() -> None:
    names = ("Название *", "ЭТАП:", "Responsible", "Клиент", "Телефон", "E-mail", "Адрес", "kind")
    told = ("Кухня", "Новые", "@anna", "Пётр", "8 916 1, +7 916 2", "p@x.ru", "Ленина 1", "Шкаф")
    [row] = sheets.rows_of(sheets.read("a.xlsx", workbook(names, told)), FIELDS)
    assert row == {
        "row": 2,
        "title": "Кухня",
        "stage": "Новые",
        "responsible": "@anna",
        "contactName": "Пётр",
        "phones": ["8 916 1", "+7 916 2"],
        "email": "p@x.ru",
        "fields": [
            {"key": "address", "value": "Ленина 1"},
            {"key": "kind", "value": "Шкаф"},
        ],
    }


def test_a_sheet_of_titles_alone_is_enough() -> None:
    [row] = sheets.rows_of(sheets.read("a.csv", b"title\nKitchen"), FIELDS)
    assert (row["title"], row["stage"], row["phones"], row["fields"]) == ("Kitchen", "", [], [])


def test_columns_that_mean_nothing_are_told_and_left_out() -> None:
    sheet = sheets.read("a.csv", csv_file("title;Цвет;;Ошибка", "Кухня;белый;x;плохо"))
    assert sheets.unknown(sheet, FIELDS) == ["Цвет", "(C)"]
    [row] = sheets.rows_of(sheet, FIELDS)
    assert "белый" not in str(row)


def test_several_columns_may_tell_phones_but_nothing_else() -> None:
    two_phones = sheets.read("a.csv", csv_file("title;phone;телефон", "Кухня;1;2"))
    assert sheets.rows_of(two_phones, ())[0]["phones"] == ["1", "2"]
    two_titles = sheets.read("a.csv", csv_file("title;название", "Кухня;Шкаф"))
    with pytest.raises(DoubledColumn) as refused:
        sheets.rows_of(two_titles, ())
    assert refused.value.named == ("title", "название")


def test_without_a_title_it_is_no_sheet_of_deals() -> None:
    with pytest.raises(NoTitle):
        sheets.rows_of(sheets.read("a.csv", b"phone\n1"), FIELDS)


def test_a_field_that_is_called_like_something_else_keeps_its_column() -> None:
    fields = (Asked("phone_2", "Телефон"), ADDRESS)
    told = sheets.read("a.csv", csv_file("title;Телефон;Телефон (phone_2)", "Кухня;1;2"))
    [row] = sheets.rows_of(told, fields)
    assert row["phones"] == ["1"]
    assert row["fields"] == [{"key": "phone_2", "value": "2"}]
