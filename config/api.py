"""The JSON API: every app's routers on /api/v1/."""

from ninja import NinjaAPI

from core.api import BodyParser, answer_refusals, api_routes
from decisions.api import routers as decisions
from discovery.api import routers as discovery
from forecasts.api import routers as forecasts
from interviews.api import routers as interviews
from milestones.api import routers as milestones
from portfolio.api import routers as portfolio

# Neither the schema nor a viewer is served: docs/openapi.json is committed.
api = NinjaAPI(
    title="Fieldproof",
    version="1",
    description="One venture, through a token of one of its members.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
    parser=BodyParser(),
)
answer_refusals(api)
every = (*discovery, *interviews, *forecasts, *milestones, *decisions, *portfolio)
for router in every:
    api.add_router("", router)

patterns, _app, _namespace = api.urls
urlpatterns = list(api_routes(patterns, api))
