/** A Lambda function of the endpoint: its file in `lambda/`, and the KB its bundle may have (see `bench/README.md`). */
export interface BundledFunction {
  readonly name: string;
  readonly budget: number;
}

/** Every function that is bundled, deployed and measured. */
export const functions: readonly BundledFunction[] = [
  { name: 'authorizer', budget: 350 },
  { name: 'users', budget: 450 },
  { name: 'groups', budget: 450 },
  { name: 'bulk', budget: 450 },
  { name: 'search', budget: 450 },
  { name: 'discovery', budget: 450 },
  { name: 'changes', budget: 450 },
  { name: 'expiry', budget: 450 },
];
