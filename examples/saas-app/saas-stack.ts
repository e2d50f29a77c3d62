import { join } from 'node:path';
import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, type NodejsFunctionProps } from 'aws-cdk-lib/aws-lambda-nodejs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { ScimEndpoint } from 'serverless-scim';

interface SaasStackProps extends StackProps {
  /** Whether the data may be deleted with the stack. @default false */
  readonly trial?: boolean;
}

/** A SaaS application whose customers provision their people by SCIM. */
export class SaasStack extends Stack {
  constructor(scope: Construct, id: string, { trial = false, ...props }: SaasStackProps = {}) {
    super(scope, id, props);
    const scim = new ScimEndpoint(this, 'Scim', {
      // The page to which the link of "Enable SCIM" leads.
      portal: true,
      portalProductName: 'SaaS App',
      portalOperatorName: 'Example Inc.',
      ...(trial && { removalPolicy: RemovalPolicy.DESTROY, deletionProtection: false }),
    });
    scim.addOutputs();

    // The application's own sessions, one item each: `user` is `<tenant id>#<user id>`.
    const sessions = new TableV2(this, 'Sessions', {
      partitionKey: { name: 'user', type: AttributeType.STRING },
      sortKey: { name: 'session', type: AttributeType.STRING },
      removalPolicy: RemovalPolicy.DESTROY,
    });

    new CfnOutput(this, 'SessionsTable', { value: sessions.tableName });

    scim.grantReadDirectory(this.addFunction('People', 'people'));

    scim.grantManageTenants(this.addFunction('EnableScim', 'enable-scim'));

    const missed = new Queue(this, 'MissedEvents', { enforceSSL: true, retentionPeriod: Duration.days(14) });
    const endSessions = this.addFunction('EndSessions', 'end-sessions', {
      environment: { SESSIONS_TABLE: sessions.tableName },
      deadLetterQueue: missed,
    });
    sessions.grant(endSessions, 'dynamodb:Query', 'dynamodb:DeleteItem');
    new Rule(this, 'UserGone', {
      eventBus: scim.eventBus,
      eventPattern: { source: ['serverless-scim'], detailType: ['User Disabled', 'User Deleted'] },
      targets: [new LambdaFunction(endSessions, { deadLetterQueue: missed })],
    });
  }

  /** A function from a file of `functions/`, whose name is an output of the stack. */
  private addFunction(id: string, file: string, props: NodejsFunctionProps = {}): NodejsFunction {
    const added = new NodejsFunction(this, id, {
      runtime: Runtime.NODEJS_24_X,
      entry: join(__dirname, 'functions', `${file}.ts`),
      timeout: Duration.seconds(30),
      memorySize: 512,
      // The AWS SDK, too: what was tested is what runs.
      bundling: { externalModules: [] },
      ...props,
    });
    // What `npm run invoke` reads.
    new CfnOutput(this, `${id}Function`, { value: added.functionName });
    return added;
  }
}
