/** A difference between LocalStack and AWS, and what cannot be tested on LocalStack because of it. */
interface Departure {
  readonly what: string;
  readonly disables: string;
  /** Settings with which the stack is deployed because of it. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** Every known departure of LocalStack's open core 2026.3.0. The first four are made up for by our extension. */
const departures: readonly Departure[] = [
  {
    what: 'It does not call Lambda authorizers of REST APIs, and CloudFormation cannot make them.',
    disables: 'nothing of ours, but the test says nothing of the authorizers of the licensed image',
  },
  {
    what: 'It ignores headers and bodies of gateway responses.',
    disables: 'nothing of ours, but the test says nothing of the gateway responses of the licensed image',
  },
  {
    what: 'CloudFormation cannot update a stage.',
    disables: 'nothing of ours, but the test says nothing of an upgrade on the licensed image',
  },
  {
    what: 'It runs functions in Docker only; here they are processes of Node.',
    disables: 'what a function gets from its environment: memory, architecture, file system, cold starts',
  },
  {
    what: 'CloudFormation drops ApiKeySourceType, so the API key that the authorizer returns is not used: every request gets 500.',
    disables: 'that a tenant has the limits of its tier',
    settings: { tenantLimits: 'false' },
  },
  {
    what: 'A dashboard is accepted and ignored.',
    disables: 'that the dashboard can be made',
    settings: { dashboard: 'false' },
  },
  {
    what: 'IAM policies are not enforced.',
    disables: 'that functions and operators may do what they do, and no more',
  },
];

/** The settings with which the stack is deployed to LocalStack. */
export const settings: Readonly<Record<string, string>> = Object.assign(
  {},
  ...departures.map((departure) => departure.settings ?? {}),
);
