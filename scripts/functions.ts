/**
 * A Lambda function of the endpoint: its file in `lambda/`, and the KB its bundle may have. A tenth more than it has: a part
 * of the SDK that comes back by mistake is noticed.
 */
export interface BundledFunction {
  readonly name: string;
  readonly budget: number;
}

/** Every function that is bundled, deployed and measured. */
export const functions: readonly BundledFunction[] = [
  { name: 'authorizer', budget: 165 },
  { name: 'users', budget: 340 },
  { name: 'groups', budget: 340 },
  { name: 'bulk', budget: 350 },
  { name: 'search', budget: 280 },
  { name: 'discovery', budget: 255 },
  { name: 'changes', budget: 275 },
  { name: 'expiry', budget: 215 },
];
