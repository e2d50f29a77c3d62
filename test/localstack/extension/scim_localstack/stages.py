"""Updates of stages. The open core has none, and removes a stage together with its old deployment."""
from localstack.runtime import hooks
from localstack.services.apigateway.resource_providers.aws_apigateway_stage import ApiGatewayStageProvider
from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent


def move(provider, request):
    """Points a stage to another deployment."""
    model, old = request.desired_state, request.previous_state
    if model["DeploymentId"] != old["DeploymentId"]:
        patch = [{"op": "replace", "path": "/deploymentId", "value": model["DeploymentId"]}]
        request.aws_client_factory.apigateway.update_stage(
            restApiId=model["RestApiId"], stageName=model["StageName"], patchOperations=patch
        )
    return ProgressEvent(
        status=OperationStatus.SUCCESS, resource_model=model, custom_context=request.custom_context
    )


@hooks.on_infra_start()
def update_stages():
    ApiGatewayStageProvider.update = move
