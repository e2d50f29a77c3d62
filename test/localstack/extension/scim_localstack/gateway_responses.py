"""Headers and bodies of gateway responses as the API defines them. Only the licensed image applies them."""
import re

from localstack.runtime import hooks
from localstack.services.apigateway.next_gen.execute_api.gateway_response import get_gateway_response_or_default
from localstack.services.apigateway.next_gen.execute_api.handlers.gateway_exception import GatewayExceptionHandler
from rolo import Response


def render(handler, exception, context):
    found = get_gateway_response_or_default(exception.type, context.deployment.rest_api.gateway_responses)
    headers = handler._build_response_headers(exception)
    for name, value in (found.get("responseParameters") or {}).items():
        if value.startswith("'"):
            headers.set(name.rsplit(".", 1)[1], value.strip("'"))

    def variable(match):
        value = context.context_variables
        for part in match.group(1).split("."):
            value = value.get(part, "") if isinstance(value, dict) else ""
        return str(value)

    template = next(iter((found.get("responseTemplates") or {}).values()), None)
    if template and not found.get("defaultResponse"):
        content = re.sub(r"\$context\.([\w.]*\w)", variable, template)
    else:
        content = handler._build_response_content(exception)
    return Response(response=content, headers=headers, status=found.get("statusCode") or exception.status_code or 500)


@hooks.on_infra_start()
def apply_gateway_responses():
    GatewayExceptionHandler.create_exception_response = render
