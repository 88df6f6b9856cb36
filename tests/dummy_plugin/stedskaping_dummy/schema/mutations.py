"""The dummy's mutation: expected refusals become `errors`, with an enum of its own."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Any

import graphene
from graphql import GraphQLResolveInfo

from stedskaping_core.errors import Refusal
from stedskaping_core.models import User
from stedskaping_dummy.models import Note
from stedskaping_dummy.schema.types import DummyNote
from stedskaping_dummy.services import note_write as write
from stedskaping_graphql.engine.context import context_of
from stedskaping_graphql.engine.errors import NotFound, Unauthenticated
from stedskaping_graphql.engine.fields import argument, enum_type, field, input_field, non_null_list
from stedskaping_graphql.engine.nodes import load_nodes


class DummyNoteWriteErrorCode(enum.Enum):
    """Why a note isn't written."""

    BLANK = "BLANK"


@dataclass(frozen=True)
class WriteError:
    code: str
    message: str


@dataclass(frozen=True)
class WritePayload:
    note: Note | None
    errors: list[WriteError]


class DummyNoteWriteError(graphene.ObjectType):
    """An expected refusal."""

    class Meta:
        possible_types = (WriteError,)

    code = field(enum_type(DummyNoteWriteErrorCode, "DummyNoteWriteErrorCode"))
    message = field(graphene.String)


class DummyNoteWritePayload(graphene.ObjectType):
    """What became of it."""

    class Meta:
        possible_types = (WritePayload,)

    note = field(DummyNote, required=False)
    errors = field(non_null_list(DummyNoteWriteError))


class DummyNoteWriteInput(graphene.InputObjectType):
    """A note."""

    initiative = input_field(graphene.ID)
    text = input_field(graphene.String)


def _resolve(parent: Any, info: GraphQLResolveInfo, input: dict[str, Any]) -> WritePayload:
    user = context_of(info).user
    if not isinstance(user, User):
        raise Unauthenticated("Sign in first.")
    initiative = load_nodes(info, [input["initiative"]], "initiative")[0]
    if initiative is None:
        raise NotFound("There is no such initiative.")
    try:
        return WritePayload(write(initiative=initiative, author=user, text=input["text"]), [])
    except Refusal as refusal:
        return WritePayload(None, [WriteError(refusal.code, str(refusal))])


note_write = field(
    DummyNoteWritePayload, resolver=_resolve, input=argument(DummyNoteWriteInput, required=True)
)
