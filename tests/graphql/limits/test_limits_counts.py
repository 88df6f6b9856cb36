"""Each limit of a document, exactly at its boundary and just over it, for strangers and for the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from graphql import build_schema, get_introspection_query, parse

from stedskaping_graphql.engine.documents import RequestRefused, cache_of, prepare
from stedskaping_graphql.engine.errors import ErrorCode, LimitExceeded
from stedskaping_graphql.engine.limits.counts import Counts, count
from stedskaping_graphql.engine.limits.tables import ANONYMOUS, TRUSTED, Limits

SCHEMA = build_schema(
    """
    type Query { a(x: In): Int n: Query l: [Query!]! }
    type Mutation { m: Int }
    input In { in: In list: [[Int]] }
    """
)
CODE = ErrorCode
BOTH = pytest.mark.parametrize("limits", [ANONYMOUS, TRUSTED], ids=["anonymous", "trusted"])


def counts(text: str) -> Counts:
    return count(parse(text), len(text))


def refusal(text: str, limits: Limits, *, introspection: bool = False) -> tuple[str, str] | None:
    """Code and message, or None when the document is taken."""
    try:
        name = "Q" if text.startswith("query Q ") else None
        prepare(SCHEMA, text, name, introspection=introspection, limits=limits)
    except RequestRefused as refused:
        (error,) = refused.errors
        return str((error.extensions or {}).get("code")), error.message
    return None


def exactly(make: Callable[[int], str], limit: int, limits: Limits, code: ErrorCode, message: str) -> None:
    """`make(limit)` is taken, `make(limit + 1)` is refused with the code and the message."""
    assert refusal(make(limit), limits) is None
    assert refusal(make(limit + 1), limits) == (str(code), message)


def nested(depth: int) -> str:
    return "{ " + "n { " * (depth - 1) + "a" + " }" * depth


@BOTH
def test_characters(limits: Limits) -> None:
    allowed = limits.characters
    message = f"Characters in the document: {allowed + 1:,}, and {allowed:,} are allowed."
    exactly(lambda n: "{ a }" + " " * (n - 5), allowed, limits, CODE.LIMIT_TOKENS, message)


@BOTH
def test_tokens(limits: Limits) -> None:
    def make(tokens: int) -> str:
        return "{ a(x: { list: [[" + "1 " * (tokens - 15) + "]] }) }"

    message = f"Tokens in the document: more than the {limits.tokens:,} that are allowed."
    exactly(make, limits.tokens, limits, CODE.LIMIT_TOKENS, message)


@BOTH
def test_comments_are_tokens(limits: Limits) -> None:
    message = f"Tokens in the document: more than the {limits.tokens:,} that are allowed."
    exactly(lambda n: "{ a }" + "\n#" * (n - 3), limits.tokens, limits, CODE.LIMIT_TOKENS, message)


@BOTH
def test_depth(limits: Limits) -> None:
    message = f"Depth of the document: {limits.depth + 1}, and {limits.depth} are allowed."
    exactly(nested, limits.depth, limits, CODE.LIMIT_DEPTH, message)


@BOTH
def test_depth_through_fragments(limits: Limits) -> None:
    def make(depth: int) -> str:
        inner = "n { " * (depth - 4) + "a" + " }" * (depth - 4)
        return f"{{ n {{ n {{ ...A }} }} }} fragment A on Query {{ ... on Query {{ n {{ {inner} }} }} }}"

    message = f"Depth of the document: {limits.depth + 1}, and {limits.depth} are allowed."
    exactly(make, limits.depth, limits, CODE.LIMIT_DEPTH, message)


@BOTH
def test_depth_of_values(limits: Limits) -> None:
    def make(depth: int) -> str:
        return "{ a(x: " + "{ in: " * (depth - 1) + "{}" + " }" * (depth - 1) + ") }"

    message = f"Depth of the document: {limits.depth + 1}, and {limits.depth} are allowed."
    exactly(make, limits.depth, limits, CODE.LIMIT_DEPTH, message)


def test_depth_of_types_and_defaults() -> None:
    assert counts("query ($x: [[[Int!]!]!]) { a }").depth == 3
    assert counts("query ($x: In = { list: [[1, 2], [3]] }) { a }").depth == 3
    assert counts("{ a @d(x: [[[[1]]]]) }").depth == 4


def test_depth_of_questions_about_the_schema_has_a_limit_of_its_own() -> None:
    def make(depth: int) -> str:
        around = depth - 2
        return '{ __type(name: "Query") { ' + "ofType { " * around + "name" + " }" * around + " } }"

    assert refusal(make(18), ANONYMOUS, introspection=True) is None
    assert refusal(make(19), ANONYMOUS, introspection=True) == (
        "LIMIT_DEPTH",
        "Depth of the question about the schema: 19, and 18 are allowed.",
    )
    everything = get_introspection_query(
        specified_by_url=True, directive_is_repeatable=True, schema_description=True
    )
    assert refusal(everything, ANONYMOUS, introspection=True) is None


@BOTH
def test_fields(limits: Limits) -> None:
    def make(fields: int) -> str:
        operations, rest = divmod(fields - 1, 11)
        first = f"query Q {{ n {{ {' '.join(f'a{n}: a' for n in range(rest))} ...T }} }}"
        others = " ".join(f"query Q{n} {{ n {{ ...T }} }}" for n in range(operations - 1))
        return f"{first} {others} query R {{ a }} fragment T on Query {{ {'a ' * 10} }}"

    allowed = limits.fields
    message = f"Fields, with all fragments in place: {allowed + 1:,}, and {allowed:,} are allowed."
    exactly(make, allowed, limits, CODE.LIMIT_FIELDS, message)


def test_fields_of_all_operations_and_of_unused_fragments_add_up() -> None:
    text = "query A { a ...T } query B { ...T } fragment T on Query { a n { a } }"
    assert counts(text).fields == 1 + 3 + 3
    assert counts(text + " fragment U on Query { a a ...T }").fields == 1 + 3 + 3 + 5


def test_a_fan_out_is_multiplied_and_not_expanded() -> None:
    chain = "".join(f" fragment F{n} on Query {{ ...F{n + 1} n {{ ...F{n + 1} }} }}" for n in range(20))
    found = counts("{ ...F0 }" + chain + " fragment F20 on Query { a }")
    assert (found.fields, found.depth, found.query_root_fields) == (2**21 - 1, 21, 21)


def test_a_long_chain_of_fragments_needs_no_recursion() -> None:
    chain = "".join(f" fragment F{n} on Query {{ ...F{n + 1} }}" for n in range(3_000))
    found = counts("{ ...F0 }" + chain + " fragment F3000 on Query { a }")
    assert (found.fields, found.depth) == (1, 1)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{ ...A } fragment A on Query { a ...A }", "A"),
        ("{ ...A } fragment A on Query { ...B } fragment B on Query { n { ...A } }", "A"),
        (
            "{ a } fragment A on Query { ...B } fragment B on Query { ... { ...C } } "
            "fragment C on Query { ...B }",
            "B",
        ),
    ],
)
def test_circles_of_fragments_are_refused(text: str, name: str) -> None:
    with pytest.raises(
        LimitExceeded, match=f'^The fragment "{name}" spreads itself, so it never ends.$'
    ) as caught:
        counts(text)
    assert (caught.value.extensions or {})["code"] == "LIMIT_DEPTH"


def test_a_diamond_is_no_circle_and_unknown_fragments_are_left_to_the_validation() -> None:
    text = "{ ...A ...B } fragment A on Query { ...C } fragment B on Query { ...C ...X }"
    text += " fragment C on Query { a }"
    assert counts(text).fields == 2


@BOTH
def test_same_key(limits: Limits) -> None:
    message = "Times one field stands in one selection set: 11, and 10 are allowed."
    exactly(lambda n: "{ n { " + "a " * n + "} }", 10, limits, CODE.LIMIT_FIELDS, message)
    exactly(lambda n: "{ n { " + "... { a } " * n + "} }", 10, limits, CODE.LIMIT_FIELDS, message)
    exactly(lambda n: "{ n { " + "x: a " * n + "} }", 10, limits, CODE.LIMIT_FIELDS, message)
    spread = "} } fragment A on Query { a }"
    exactly(lambda n: "{ n { " + "...A " * n + spread, 10, limits, CODE.LIMIT_FIELDS, message)


def test_the_same_key_under_other_types_is_another_one() -> None:
    assert counts("{ a n { a } x: n { a } }").same_key == 1
    assert counts("{ a ... on A { a } ... on B { a ... { a } } }").same_key == 2


@BOTH
def test_aliases(limits: Limits) -> None:
    def make(aliases: int) -> str:
        return "{ n { " + " ".join(f"b{n}: a" for n in range(aliases)) + " } }"

    message = f"Aliases in the document: {limits.aliases + 1}, and {limits.aliases} are allowed."
    exactly(make, limits.aliases, limits, CODE.LIMIT_ALIASES, message)


@BOTH
def test_root_fields_of_a_query(limits: Limits) -> None:
    def make(fields: int) -> str:
        return (
            "{ "
            + "a " * 8
            + "...A ... on Query { "
            + "b: a " * (fields - 16)
            + "} } fragment A on Query { "
            + ("__typename " * 8)
            + "}"
        )

    message = "Root fields of a query: 21, and 20 are allowed."
    exactly(make, 20, limits, CODE.LIMIT_FIELDS, message)


@BOTH
def test_root_fields_of_a_mutation(limits: Limits) -> None:
    allowed = limits.mutation_root_fields
    message = f"Root fields of a mutation: {allowed + 1}, and {allowed} are allowed."
    exactly(lambda n: "mutation { " + "m " * n + "}", allowed, limits, CODE.LIMIT_FIELDS, message)


@BOTH
def test_directives(limits: Limits) -> None:
    def make(directives: int) -> str:
        fields = " ".join("n { a @skip(if: false) ...A @skip(if: true) }" for _n in range(10))
        more = "".join(f"x{n}: a @skip(if: true) " for n in range(directives - 20))
        return f"{{ n {{ {fields} {more} }} }} fragment A on Query {{ a }}"

    message = "Directives in the document: 31, and 30 are allowed."
    exactly(make, 30, limits, CODE.LIMIT_FIELDS, message)


def test_directives_at_one_place() -> None:
    places = (
        "{ a %s }",
        "query %s { a }",
        "query ($x: Int %s) { a }",
        "{ ... %s { a } }",
        "{ ...A %s } fragment A on Query { a }",
        "{ ...A } fragment A on Query %s { a }",
    )
    for place in places:
        counts(place % "@d @e @f").check(ANONYMOUS)
        with pytest.raises(LimitExceeded, match=r"^Directives at one place: 4, and 3 are allowed\.$"):
            counts(place % "@d @e @f @g").check(ANONYMOUS)


@BOTH
def test_errors_reported(limits: Limits) -> None:
    def messages(wrong: int) -> list[str]:
        with pytest.raises(RequestRefused) as caught:
            prepare(
                SCHEMA,
                "{ " + " ".join(f"w{n}" for n in range(wrong)) + " }",
                introspection=False,
                limits=replace(limits, query_root_fields=1000),
            )
        return [error.message for error in caught.value.errors]

    expected = [f"Cannot query field 'w{n}' on type 'Query'." for n in range(limits.errors)]
    assert messages(limits.errors) == expected
    assert messages(limits.errors + 30) == expected


def test_fields_that_might_overlap_have_a_budget() -> None:
    from graphql.validation.rules import overlapping_fields_can_be_merged as rule

    assert rule.MAX_COMPLEXITY_BUDGET == 50_000
    names = [f"F{n}" for n in range(60)]
    fragments = " ".join(f"fragment {name} on Query {{ {'a ' * 10} }}" for name in names)
    text = f"{{ n {{ {' '.join(f'...{name}' for name in names)} }} }} {fragments}"
    assert refusal(text, TRUSTED) == (
        "LIMIT_FIELDS",
        "Checking the document takes too many steps: too many fields or fragments may overlap.",
    )


def test_a_document_in_the_cache_is_not_counted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    schema = build_schema("type Query { a: Int }")
    text = "{ a " + "".join(f"a{n}: a " for n in range(10)) + "... { " + "b: a " * 9 + "}} #" + " #\n" * 2_000
    first = prepare(schema, text, introspection=False, limits=TRUSTED)
    monkeypatch.setattr("stedskaping_graphql.engine.documents.count", lambda *_args: pytest.fail("counted"))
    called: list[str] = []
    again = prepare(
        schema, text, introspection=False, limits=TRUSTED, before_reading=lambda: called.append("read")
    )
    assert again is first
    assert called == []
    assert len(cache_of(schema)) == 1
    # The cache is no way around the narrower limits.
    with pytest.raises(RequestRefused, match=r"^Tokens in the document: "):
        prepare(schema, text, introspection=False, limits=ANONYMOUS)


def test_before_a_document_is_read_something_may_object() -> None:
    def object_to_it() -> None:
        raise LimitExceeded("Not now.", code=ErrorCode.LIMIT_COST)

    with pytest.raises(RequestRefused, match=r"^Not now\.$"):
        prepare(SCHEMA, "{ a n { a } }", introspection=False, before_reading=object_to_it)
