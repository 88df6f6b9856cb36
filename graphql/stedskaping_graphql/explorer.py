"""GraphiQL and the schema as text, both behind one switch."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .engine.assembly import print_sdl
from .engine.execute import introspection_allowed
from .schema import get_schema

# GraphiQL sets styles from its scripts; scripts themselves come from our own files only.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
    " font-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


@require_safe
def graphiql(request: HttpRequest) -> HttpResponse:
    """The page to try queries on. 404 unless `STEDSKAPING_GRAPHQL_EXPLORER` is on."""
    _only_when_allowed()
    response = render(request, "stedskaping_graphql/graphiql.html")
    response["Content-Security-Policy"] = POLICY
    return response


@require_safe
def schema_sdl(request: HttpRequest) -> HttpResponse:
    """The schema in the schema language. 404 unless `STEDSKAPING_GRAPHQL_EXPLORER` is on."""
    _only_when_allowed()
    return HttpResponse(print_sdl(get_schema()), content_type="text/plain; charset=utf-8")


def _only_when_allowed() -> None:
    if not introspection_allowed():
        raise Http404("The explorer is switched off here.")
