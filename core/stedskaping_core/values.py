"""Value objects that several apps share."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Money:
    """An amount in one currency (ISO 4217). Adding two currencies is an error, never a conversion."""

    amount: Decimal
    currency: str = "NOK"

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal):
            raise TypeError(f"Money needs a Decimal amount, not {type(self.amount).__name__}")
        if not self.amount.is_finite():
            raise ValueError(f"{self.amount} is no amount of money")
        object.__setattr__(self, "amount", self.amount.quantize(CENT, rounding=ROUND_HALF_UP))

    def __add__(self, other: Money) -> Money:
        if self.currency != other.currency:
            raise ValueError(f"can't add {other.currency} to {self.currency}")
        return Money(self.amount + other.amount, self.currency)


@dataclass(frozen=True)
class Place:
    """A named spot. Latitude and longitude are degrees (WGS 84), both or neither; storing it checks that."""

    name: str
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
