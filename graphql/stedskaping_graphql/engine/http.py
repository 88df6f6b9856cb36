"""The HTTP endpoint: GraphQL over HTTP, never HTML, cacheable where nobody in particular asked."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.decorators import method_decorator
from django.utils.functional import Promise
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import View
from graphql import GraphQLSchema

from ..schema import get_schema
from ..trusted.resolution import register_document, resolve_document
from .context import CREDENTIAL_HEADERS, Context, carries_credentials
from .documents import RequestRefused, prepare
from .errors import ApiError, BadUserInput, Forbidden, RateLimited
from .execute import introspection_allowed, run
from .limits.admission import admit, charge_document, check_body, report
from .limits.tables import limits_for
from .limits.timeouts import limited_statements
from .masking import format_errors, internal_error
from .origins import may_use_session
from .requests import JSON_TYPE, RESPONSE_TYPE, BadRequest, Parameters, read_parameters, response_type

PUBLIC = "public, max-age=0, s-maxage=300, stale-while-revalidate=60"
PRIVATE = "private, no-store"
# What an answer depends on beside its address. A shared cache must not give the public answer to somebody
# who is signed in, so the credentials are in it although anonymous requests have none of them.
VARY = ("Accept", "Cookie", *CREDENTIAL_HEADERS)


# The schema decides who may do what, and `may_use_session` stands in for the token of Django's forms.
@method_decorator(csrf_exempt, name="dispatch")
class GraphQLView(View):
    """`GET` for queries and `POST` for everything. `as_view(schema=…)` takes another way to the schema."""

    schema: Callable[[], GraphQLSchema] = staticmethod(get_schema)
    http_method_names = ("get", "head", "post", "options")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer in JSON whatever happens."""
        context = Context(request)
        media_type = JSON_TYPE
        try:
            if request.method == "OPTIONS":
                return HttpResponse(status=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})
            media_type = response_type(request)
            response = self._answer(request, context, media_type)
        except BadRequest as error:
            response = _refusal(error.error, error.status, media_type, context)
        except Exception as error:
            shown = {"errors": [internal_error(error, request_id=context.request_id)]}
            response = _response(shown, 500, media_type)
        patch_vary_headers(response, VARY)
        return response

    def _answer(self, request: HttpRequest, context: Context, media_type: str) -> HttpResponse:
        if request.method not in ("GET", "HEAD", "POST"):
            wrong = BadUserInput("Send a GET for a query, or a POST.")
            response = _refusal(wrong, 405, media_type, context)
            response["Allow"] = "GET, HEAD, POST, OPTIONS"
            return response
        if request.method == "POST" and _has_session(request) and not may_use_session(request):
            refusal = Forbidden("This web page may not use the session of a visitor.")
            return _refusal(refusal, 403, media_type, context)
        return self._run(request, context, media_type, read_parameters(request))

    def _run(
        self, request: HttpRequest, context: Context, media_type: str, parameters: Parameters
    ) -> HttpResponse:
        schema = self.schema()
        try:
            parameters = resolve_document(parameters, context)
            limits = limits_for(context)
            check_body(request, limits)
            operation = prepare(
                schema,
                parameters.query,
                parameters.operation_name,
                introspection=introspection_allowed(),
                limits=limits,
                before_reading=partial(charge_document, context),
                trusted=context.trusted,
            )
            register_document(parameters)
            if request.method != "POST" and not operation.is_query:
                response = _refusal(BadUserInput("Send mutations with POST."), 405, media_type, context)
                response["Allow"] = "POST"
                return response
            admit(operation, parameters.variables, context)
            with override(_language(context)), limited_statements(reading=operation.is_query):
                result = run(schema, operation, parameters.variables, context)
        except RateLimited as error:
            response = _refusal(error, 429, media_type, context)
            response["Retry-After"] = str(error.retry_after)
            return response
        except RequestRefused as refused:
            errors = report(refused.errors, context)
            return _response({"errors": errors}, 400 if media_type == RESPONSE_TYPE else 200, media_type)
        shown: dict[str, Any] = {"data": result.data}
        if result.errors:
            shown["errors"] = report(result.errors, context)
        response = _response(shown, 200, media_type)
        if _is_public(request, context, failed=bool(result.errors)):
            response["Cache-Control"] = PUBLIC
        return response


def _language(context: Context) -> str:
    """In which language sentences are answered: the viewer's own, else the platform's.

    Never by `Accept-Language`: it would make every public answer vary by it.
    """
    wanted = getattr(context.user, "locale", "")
    return wanted if wanted in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _has_session(request: HttpRequest) -> bool:
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _is_public(request: HttpRequest, context: Context, *, failed: bool) -> bool:
    """Whether anybody may get this answer: a GET without credentials, without errors, about no viewer."""
    return (
        request.method in ("GET", "HEAD")
        and not failed
        and not context.private
        and not carries_credentials(request)
        and not context.user.is_authenticated
    )


def _refusal(error: ApiError, status: int, media_type: str, context: Context) -> HttpResponse:
    shown = {"errors": format_errors([error], request_id=context.request_id)}
    return _response(shown, status, media_type)


def _response(shown: dict[str, Any], status: int, media_type: str) -> HttpResponse:
    """An answer that no cache keeps; the caller makes it public where it is."""
    return HttpResponse(
        orjson.dumps(shown, default=_plain, option=orjson.OPT_NON_STR_KEYS),
        status=status,
        content_type=f"{media_type}; charset=utf-8",
        headers={"Cache-Control": PRIVATE, "X-Content-Type-Options": "nosniff"},
    )


def _plain(value: Any) -> Any:
    """JSON for values that orjson doesn't know, inside `JSON` scalars."""
    if isinstance(value, (Promise, Decimal)):
        return str(value)
    raise TypeError(f"{type(value).__qualname__} has no JSON form")
