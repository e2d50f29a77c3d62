/** A resource of a template. */
interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** A template as the CDK writes it. */
export interface CloudFormation {
  readonly Resources: Record<string, Resource>;
}

/** A difference between the emulator and AWS, and what cannot be tested on the emulator because of it. */
interface Departure {
  readonly what: string;
  readonly disables: string;
  /** The resource in a form that the emulator accepts; undefined if it must be left out. */
  readonly adapt?: (resource: Resource, id: string) => Resource | undefined;
}

/** Every known departure of MiniStack 1.5.33. */
const departures: readonly Departure[] = [
  {
    what: 'An alarm on metric math is refused.',
    disables: 'that ServerErrors, ThrottledFunctions, ThrottledTables, FailedFunctions and FailedRecords can be made',
    adapt: without(({ Type, Properties }) => Type === 'AWS::CloudWatch::Alarm' && Properties?.Metrics !== undefined),
  },
  {
    what: 'It speaks HTTP without TLS, which policies that demand TLS refuse, as they should.',
    disables: 'that the bucket and the queues refuse requests without TLS',
    adapt: without(({ Type }) => Type === 'AWS::S3::BucketPolicy' || Type === 'AWS::SQS::QueuePolicy'),
  },
  {
    what: 'It does not tell IAM the keys of a request to DynamoDB, so that a condition on them never holds.',
    disables: 'that expiry and last uses reach their own items only, and the functions of requests no items of tenants',
    adapt: (resource) => (resource.Type === 'AWS::IAM::Policy' ? withoutKeyConditions(resource) : resource),
  },
  {
    what: 'It takes an API key from the header of a request only, never from the authorizer, and refuses every request.',
    disables: 'that a tenant has the limits of its tier; the plans and the keys are made all the same',
    adapt: (resource) => (resource.Type === 'AWS::ApiGateway::Method' ? withoutApiKey(resource) : resource),
  },
  {
    what: 'Any change of a global table without a name replaces it, and its items are lost. A time to live is not updated.',
    disables: 'that an update keeps tables without a name, and that it turns a time to live on',
    adapt: (resource, id) => (resource.Type === 'AWS::DynamoDB::GlobalTable' ? withName(resource, id) : resource),
  },
  {
    what: 'Records of a stream that a function reports as failed count as done.',
    disables: 'that they are delivered again, and at last kept in the bucket of failed records',
  },
];

/** A template without the parts that the emulator does not support. */
export function withoutDepartures<T extends CloudFormation>(template: T): T {
  const adapted = Object.entries(template.Resources).flatMap(([id, resource]): [string, Resource][] => {
    const kept = departures.reduce<Resource | undefined>(
      (left, { adapt }) => (left && adapt ? adapt(left, id) : left),
      resource,
    );
    return kept ? [[id, kept]] : [];
  });
  return { ...template, Resources: Object.fromEntries(adapted) };
}

function without(matches: (resource: Resource) => boolean): NonNullable<Departure['adapt']> {
  return (resource) => (matches(resource) ? undefined : resource);
}

function withoutKeyConditions(resource: Resource): Resource {
  const { Properties } = resource;
  const document = Properties?.PolicyDocument as { Statement: Readonly<Record<string, unknown>>[] };
  const Statement = document.Statement.flatMap(({ Condition, ...statement }) => {
    if (!JSON.stringify(Condition ?? '').includes('dynamodb:LeadingKeys')) return [{ ...statement, Condition }];
    // Without its condition, a statement that denies some items would deny all.
    return statement.Effect === 'Deny' ? [] : [statement];
  });
  return { ...resource, Properties: { ...Properties, PolicyDocument: { ...document, Statement } } };
}

function withoutApiKey(resource: Resource): Resource {
  return { ...resource, Properties: { ...resource.Properties, ApiKeyRequired: false } };
}

/** The name has to differ between the tables of a stack, and to stay the same in all its updates. */
function withName(resource: Resource, id: string): Resource {
  const TableName = { 'Fn::Join': ['-', [{ Ref: 'AWS::StackName' }, id]] };
  return { ...resource, Properties: { ...resource.Properties, TableName } };
}
