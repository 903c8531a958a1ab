"""The JSON API: every app's router on /api/v1/."""

from ninja import NinjaAPI

from core.api import answer_refusals, api_routes
from discovery.api import router as discovery

# Neither the schema nor a viewer is served: docs/openapi.json is committed.
api = NinjaAPI(
    title="Fieldproof",
    version="1",
    description="One venture, through a token of one of its members.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
answer_refusals(api)
api.add_router("", discovery)

patterns, _app, _namespace = api.urls
urlpatterns = list(api_routes(patterns, api))
