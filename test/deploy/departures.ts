/** A template as the CDK writes it. */
export interface CloudFormation {
  readonly Resources: Record<
    string,
    { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }
  >;
}

/** Something that the emulator does otherwise than AWS, and what cannot be shown there for it. */
interface Departure {
  readonly what: string;
  readonly disables: string;
  /** Resources that are left out for it. */
  readonly leavesOut: (resource: CloudFormation['Resources'][string]) => boolean;
}

/** Every known departure of MiniStack 1.5.33. */
const departures: readonly Departure[] = [
  {
    what: 'An alarm on metric math is refused.',
    disables: 'that ThrottledFunctions, ThrottledTables and FailedFunctions can be made',
    leavesOut: ({ Type, Properties }) => Type === 'AWS::CloudWatch::Alarm' && Properties?.Metrics !== undefined,
  },
  {
    what: 'It speaks HTTP without TLS, which policies that demand TLS refuse, as they should.',
    disables: 'that the bucket and the queues refuse requests without TLS',
    leavesOut: ({ Type }) => Type === 'AWS::S3::BucketPolicy' || Type === 'AWS::SQS::QueuePolicy',
  },
];

/** A template without what the emulator cannot do. */
export function withoutDepartures<T extends CloudFormation>(template: T): T {
  const resources = Object.entries(template.Resources);
  const kept = resources.filter(([, resource]) => !departures.some(({ leavesOut }) => leavesOut(resource)));
  return { ...template, Resources: Object.fromEntries(kept) };
}
