"""The API's addresses. Include them at the root: `path("", include("stedskaping_graphql.urls"))`."""

from __future__ import annotations

from django.urls import re_path

from .engine.http import GraphQLView
from .explorer import graphiql, schema_sdl

app_name = "stedskaping_graphql"

# With and without a slash at the end: a redirect would lose the body of a POST.
urlpatterns = [
    re_path(r"^graphql/?\Z", GraphQLView.as_view(), name="graphql"),
    re_path(r"^graphiql/?\Z", graphiql, name="graphiql"),
    re_path(r"^schema\.graphql\Z", schema_sdl, name="schema"),
]
