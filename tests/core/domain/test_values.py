"""Money and places as values."""

from __future__ import annotations

import dataclasses
from decimal import Decimal

import pytest

from stedskaping_core.errors import PluginDisabled, Refusal
from stedskaping_core.values import Money, Place


def test_money_has_two_decimals() -> None:
    assert Money(Decimal("12.345")) == Money(Decimal("12.35"), "NOK")
    assert str(Money(Decimal(7)).amount) == "7.00"


@pytest.mark.parametrize(("exact", "rounded"), [("0.005", "0.01"), ("-0.005", "-0.01"), ("2.675", "2.68")])
def test_halves_are_rounded_away_from_zero(exact: str, rounded: str) -> None:
    assert str(Money(Decimal(exact)).amount) == rounded


def test_money_of_one_currency_adds_up() -> None:
    assert Money(Decimal("0.10")) + Money(Decimal("0.20")) == Money(Decimal("0.30"))


def test_money_of_two_currencies_does_not() -> None:
    with pytest.raises(ValueError, match="can't add EUR to NOK"):
        Money(Decimal(1)) + Money(Decimal(1), "EUR")


@pytest.mark.parametrize("amount", [1, 1.5, "1"])
def test_money_is_never_anything_but_a_decimal(amount: object) -> None:
    with pytest.raises(TypeError, match="Money needs a Decimal amount, not"):
        Money(amount)  # type: ignore[arg-type]


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-Infinity"])
def test_money_is_a_number(amount: str) -> None:
    with pytest.raises(ValueError, match="is no amount of money"):
        Money(Decimal(amount))


def test_values_do_not_change() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        Place("Torget").name = "Parken"  # type: ignore[misc]


def test_a_refusal_reads_as_a_sentence_with_its_details() -> None:
    refusal = Refusal("PHASE_NOT_READY", "Missing:", path=["phase"], details=["Finn folk", "Et ja"])

    assert str(refusal) == "Missing: Finn folk Et ja"
    assert (refusal.code, refusal.path, refusal.details) == (
        "PHASE_NOT_READY",
        ("phase",),
        ("Finn folk", "Et ja"),
    )


def test_a_plugin_that_is_off_says_which_and_where() -> None:
    error = PluginDisabled("funding", "larvik.example.org")

    assert (str(error), error.slug) == (
        "the plugin funding is switched off for larvik.example.org",
        "funding",
    )
