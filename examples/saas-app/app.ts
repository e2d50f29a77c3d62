import { App } from 'aws-cdk-lib';
import { SaasStack } from './saas-stack';

const app = new App();
new SaasStack(app, 'SaasApp', {
  // To try it out: `-c trial=true` lets "cdk destroy" delete the data.
  trial: app.node.tryGetContext('trial') === 'true',
});
