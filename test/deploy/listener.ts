import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteRuleCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type Tallied, type TalliedEvent, tally } from '../changes/tally';

/** An event as a rule's target gets it. */
type Received = TalliedEvent & { readonly source: string; readonly detail: { readonly tenantId: string } };

/** An application that listens to a deployment: a rule on its bus, and a queue that gets what matches. */
export class Listener {
  readonly received: Received[] = [];
  private readonly events = new EventBridgeClient();
  private readonly sqs = new SQSClient();
  private queueUrl = '';

  constructor(
    private readonly name: string,
    private readonly bus: string,
    /** How long a new rule may take before it matches. */
    private readonly settleSeconds: number,
  ) {}

  /** Creates rule and queue, and lets the rule write to the queue. */
  async open(): Promise<void> {
    const rule = { Name: this.name, EventBusName: this.bus };
    const { QueueUrl = '' } = await this.sqs.send(new CreateQueueCommand({ QueueName: this.name }));
    this.queueUrl = QueueUrl;
    const { Attributes } = await this.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }),
    );
    const Arn = Attributes?.QueueArn ?? '';
    const EventPattern = JSON.stringify({ source: ['serverless-scim'] });
    const { RuleArn } = await this.events.send(new PutRuleCommand({ ...rule, EventPattern }));
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: Arn,
        Condition: { ArnEquals: { 'aws:SourceArn': RuleArn } },
      },
    });
    await this.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
    const { EventBusName, Name: Rule } = rule;
    await this.events.send(new PutTargetsCommand({ EventBusName, Rule, Targets: [{ Id: 'queue', Arn }] }));
    await sleep(this.settleSeconds * 1000);
  }

  /** Returns the tally of a tenant's events as soon as it is the expected one, or when the time is over. */
  async hear(tenantId: string, expected: readonly Tallied[], seconds: number): Promise<readonly Tallied[]> {
    const end = Date.now() + seconds * 1000;
    const wanted = JSON.stringify(expected);
    for (;;) {
      const told = tally(this.received.filter(({ detail }) => detail.tenantId === tenantId));
      if (JSON.stringify(told) === wanted || Date.now() > end) return told;
      if (!(await this.receive())) await sleep(200);
    }
  }

  /** Removes rule and queue: a bus with rules cannot be removed. */
  async close(): Promise<void> {
    const rule = { EventBusName: this.bus };
    await this.events.send(new RemoveTargetsCommand({ ...rule, Rule: this.name, Ids: ['queue'] }));
    await this.events.send(new DeleteRuleCommand({ ...rule, Name: this.name }));
    await this.sqs.send(new DeleteQueueCommand({ QueueUrl: this.queueUrl }));
    this.events.destroy();
    this.sqs.destroy();
  }

  /** Receives at most 10 messages from the queue. Returns whether there were any. */
  private async receive(): Promise<boolean> {
    const QueueUrl = this.queueUrl;
    const { Messages = [] } = await this.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return false;
    this.received.push(...Messages.map(({ Body = '' }) => JSON.parse(Body) as Received));
    await this.sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: Messages.map(toDelete) }));
    return true;
  }
}

function toDelete({ ReceiptHandle }: Message, index: number): { Id: string; ReceiptHandle: string | undefined } {
  return { Id: String(index), ReceiptHandle };
}
