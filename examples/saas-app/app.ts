import { App } from 'aws-cdk-lib';
import { SaasStack } from './saas-stack';

new SaasStack(new App(), 'SaasApp');
