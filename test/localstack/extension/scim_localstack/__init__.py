"""What the deployment test needs and LocalStack's open core does not have: see docs/localstack.md."""
