"""Editorial pages: front pages, articles and the lists of them."""

from __future__ import annotations

import graphene

from stedskaping_graphql.engine.fields import field, non_null_list
from stedskaping_graphql.engine.nodes import Node
from stedskaping_graphql.types.blocks import Block, stream
from stedskaping_graphql.types.content import Image, RichText, image_of, rich_text
from stedskaping_graphql.types.pages import Page


class HomePage(graphene.ObjectType):
    """The front page of a site that isn't a pilot's."""

    class Meta:
        interfaces = (Node, Page)

    intro = field(RichText)
    body = field(non_null_list(Block))

    resolve_intro = staticmethod(rich_text("intro"))
    resolve_body = staticmethod(stream("body"))


class ArticleIndexPage(graphene.ObjectType):
    """A list of the articles and courses that are its children."""

    class Meta:
        interfaces = (Node, Page)

    intro = field(graphene.String, description="Plain text; may be empty.")


class ArticlePage(graphene.ObjectType):
    """Text and pictures."""

    class Meta:
        interfaces = (Node, Page)

    intro = field(graphene.String, description="One or two sentences in plain text.")
    image = field(Image, required=False, description="Null when the caller may not see it.")
    body = field(non_null_list(Block))

    resolve_image = staticmethod(image_of())
    resolve_body = staticmethod(stream("body"))
