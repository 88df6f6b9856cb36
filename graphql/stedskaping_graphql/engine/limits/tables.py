"""The limits of a request, for anonymous callers and for those we know more about.

Which code a refusal has:

| limit | code |
|---|---|
| body, characters and tokens of the document | `LIMIT_TOKENS` (the body with HTTP status 413) |
| depth: of fields, of values and types in brackets; fragments that spread themselves | `LIMIT_DEPTH` |
| fields after fragments are expanded | `LIMIT_FIELDS` |
| the same response key in one selection set | `LIMIT_FIELDS` |
| root fields | `LIMIT_FIELDS` |
| comparisons of fields that might overlap, and other work of the validation | `LIMIT_FIELDS` |
| directives | `LIMIT_FIELDS` |
| aliases | `LIMIT_ALIASES` |
| cost, and a statement that takes too long | `LIMIT_COST` |
| cost per minute | `RATE_LIMITED` with HTTP status 429 and `Retry-After` |

More errors than may be reported are left out of the answer.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from ..context import Context
from ..errors import ErrorCode, LimitExceeded


@dataclass(frozen=True)
class Limits:
    """The most that one request may have of each.

    `depth` counts fields inside fields; what is asked below `__schema` and `__type` may be
    `introspection_depth` deep, because the query that every tool sends is deeper than a site's queries.
    `fields` and the root fields are counted with all fragments in place, `aliases` and directives as they
    are written. `same_key` is per selection set and type condition. `cost` is in objects of the answer, see
    `limits.cost`.
    """

    body_bytes: int
    characters: int
    tokens: int
    depth: int
    introspection_depth: int
    fields: int
    same_key: int
    aliases: int
    query_root_fields: int
    mutation_root_fields: int
    directives: int
    directives_per_node: int
    cost: int
    errors: int


ANONYMOUS = Limits(
    body_bytes=64 * 1024,
    characters=15_000,
    tokens=2_000,
    depth=14,
    introspection_depth=18,
    fields=1_000,
    same_key=10,
    aliases=30,
    query_root_fields=20,
    mutation_root_fields=1,
    directives=30,
    directives_per_node=3,
    cost=5_000,
    errors=5,
)
TRUSTED = Limits(
    body_bytes=256 * 1024,
    characters=64 * 1024,
    tokens=10_000,
    depth=18,
    introspection_depth=18,
    fields=5_000,
    same_key=10,
    aliases=60,
    query_root_fields=20,
    mutation_root_fields=5,
    directives=30,
    directives_per_node=3,
    cost=50_000,
    errors=20,
)


def limits_for(context: Context) -> Limits:
    """The limits of this request: wider for people who are signed in and for trusted documents."""
    return TRUSTED if context.trusted or context.user.is_authenticated else ANONYMOUS


def described() -> dict[str, dict[str, int]]:
    """Both tables as the API shows them."""
    return {"anonymous": _camel(ANONYMOUS), "trusted": _camel(TRUSTED)}


def check_size(size: int, allowed: int, code: ErrorCode, what: str) -> None:
    """Raises `LimitExceeded` with a text such as "Aliases in the document: 31, and 30 are allowed."."""
    if size > allowed:
        raise LimitExceeded(f"{what}: {size:,}, and {allowed:,} are allowed.", code=code)


def _camel(limits: Limits) -> dict[str, int]:
    found = {}
    for name, value in asdict(limits).items():
        first, *others = name.split("_")
        found[first + "".join(word.capitalize() for word in others)] = value
    return found
