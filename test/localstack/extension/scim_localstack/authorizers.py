"""Lambda authorizers of REST APIs, and their CloudFormation resource. Only the licensed image has them."""
import fnmatch
import json
import time

from localstack.aws.connect import connect_to
from localstack.runtime import hooks
from localstack.services.apigateway.next_gen.execute_api import handlers
from localstack.services.apigateway.next_gen.execute_api.gateway_response import (
    AccessDeniedError,
    AuthorizerConfigurationError,
    AuthorizerFailureError,
    UnauthorizedError,
)
from localstack.services.cloudformation.resource_provider import (
    CloudFormationResourceProviderPlugin,
    OperationStatus,
    ProgressEvent,
    ResourceProvider,
)

PROPERTIES = {
    "RestApiId": "restApiId",
    "Name": "name",
    "Type": "type",
    "AuthorizerUri": "authorizerUri",
    "IdentitySource": "identitySource",
    "AuthorizerResultTtlInSeconds": "authorizerResultTtlInSeconds",
    "AuthorizerCredentials": "authorizerCredentials",
    "IdentityValidationExpression": "identityValidationExpression",
}
CHANGEABLE = ("Name", "AuthorizerUri", "AuthorizerResultTtlInSeconds")


def done(request, model):
    return ProgressEvent(
        status=OperationStatus.SUCCESS, resource_model=model, custom_context=request.custom_context
    )


class AuthorizerProvider(ResourceProvider):
    TYPE = "AWS::ApiGateway::Authorizer"
    SCHEMA = {
        "typeName": TYPE,
        "primaryIdentifier": ["/properties/RestApiId", "/properties/AuthorizerId"],
        "readOnlyProperties": ["/properties/AuthorizerId"],
        "properties": {},
    }

    def create(self, request):
        model = request.desired_state
        given = {name: model[key] for key, name in PROPERTIES.items() if key in model}
        made = request.aws_client_factory.apigateway.create_authorizer(**given)
        model["AuthorizerId"] = made["id"]
        return done(request, model)

    def update(self, request):
        model, old = request.desired_state, request.previous_state
        model["AuthorizerId"] = old["AuthorizerId"]
        patch = [
            {"op": "replace", "path": f"/{PROPERTIES[key]}", "value": str(model[key])}
            for key in CHANGEABLE
            if model.get(key) != old.get(key)
        ]
        if patch:
            request.aws_client_factory.apigateway.update_authorizer(
                restApiId=model["RestApiId"], authorizerId=model["AuthorizerId"], patchOperations=patch
            )
        return done(request, model)

    def delete(self, request):
        model = request.desired_state
        request.aws_client_factory.apigateway.delete_authorizer(
            restApiId=model["RestApiId"], authorizerId=model["AuthorizerId"]
        )
        return done(request, model)


class AuthorizerProviderPlugin(CloudFormationResourceProviderPlugin):
    name = AuthorizerProvider.TYPE

    def __init__(self):
        self.factory = None

    def load(self):
        self.factory = AuthorizerProvider


# Results by API, stage, authorizer and token, each with the time until which it holds.
cache = {}


def ask(context, authorizer, token, arn):
    """Calls an authorizer, or returns the result that is cached for the token."""
    key = (context.api_id, context.stage, authorizer["id"], token)
    expires, result = cache.get(key, (0, None))
    if time.time() < expires:
        return result
    function = authorizer["authorizerUri"].split("functions/")[1].split("/invocations")[0]
    client = connect_to(region_name=context.region).lambda_.request_metadata(service_principal="apigateway")
    event = {"type": "TOKEN", "authorizationToken": token, "methodArn": arn}
    answer = client.invoke(FunctionName=function, Payload=json.dumps(event))
    result = json.loads(answer["Payload"].read() or b"null")
    if answer.get("FunctionError"):
        if (result or {}).get("errorMessage") == "Unauthorized":
            raise UnauthorizedError("Unauthorized")
        raise AuthorizerFailureError(None)
    seconds = authorizer.get("authorizerResultTtlInSeconds")
    cache[key] = (time.time() + int(300 if seconds is None else seconds), result)
    return result


def effect_on(arn, policy):
    """What a policy says of a method: Deny, Allow, or nothing."""
    effects = set()
    for statement in policy["Statement"]:
        resources = statement["Resource"]
        patterns = resources if isinstance(resources, list) else [resources]
        if any(fnmatch.fnmatchcase(arn, pattern) for pattern in patterns):
            effects.add(statement["Effect"])
    return next((effect for effect in ("Deny", "Allow") if effect in effects), None)


def as_text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def authorize(chain, context, response):
    method = context.resource_method or {}
    if method.get("authorizationType") != "CUSTOM":
        return
    authorizer = context.deployment.rest_api.authorizers.get(method.get("authorizerId"))
    if not authorizer:
        raise AuthorizerConfigurationError()
    header = authorizer["identitySource"].rsplit(".", 1)[1]
    token = context.invocation_request["headers"].get(header)
    if not token:
        raise UnauthorizedError("Unauthorized")
    variables = context.context_variables
    path = variables["path"].removeprefix(f"/{context.stage}")
    arn = (
        f"arn:aws:execute-api:{context.region}:{context.account_id}:"
        f"{context.api_id}/{context.stage}/{variables['httpMethod']}{path}"
    )
    result = ask(context, authorizer, token, arn)
    effect = effect_on(arn, result["policyDocument"])
    if effect != "Allow":
        explicitly = " with an explicit deny" if effect else ""
        raise AccessDeniedError(f"User is not authorized to access this resource{explicitly}")
    told = {name: as_text(value) for name, value in (result.get("context") or {}).items()}
    variables["authorizer"] = {**told, "principalId": result.get("principalId")}


@hooks.on_infra_start()
def call_authorizers():
    handlers.preprocess_request.append(authorize)
