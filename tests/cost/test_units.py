"""The sizes are those of the guide."""

from decimal import Decimal

from cost.units import finding_units, item_bytes, row_units


def test_an_item_is_as_long_as_its_names_and_values() -> None:
    assert item_bytes({"id": "é"}) == 4
    assert item_bytes({"n": Decimal(27)}) == 3
    assert item_bytes({"n": Decimal("-1234.5")}) == 5
    assert item_bytes({"a": None, "b": True}) == 4
    assert item_bytes({"l": ["ab", {"k": "v"}]}) == 1 + 3 + (1 + 2) + (1 + 3 + 1 + 1 + 1)


def test_a_kilobyte_begun_is_a_unit() -> None:
    assert row_units({"a": "x" * 1_023}) == 1
    assert row_units({"a": "x" * 1_024}) == 2


def test_a_finding_takes_two_units_in_the_table_and_one_in_each_index_that_has_it() -> None:
    indexes = [
        {"partition": "control", "sort": "place"},
        {"partition": "open_severity", "sort": "urgency"},
    ]
    assert finding_units({"control": "S3.8", "place": "p"}, indexes) == 3
    assert finding_units({"control": "S3.8", "place": "p" * 1_100}, indexes) == 6
