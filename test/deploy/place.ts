/** Where the deployment test deploys to. */
export interface Place {
  /** The endpoint of all AWS services; absent for AWS itself. */
  readonly endpoint?: string;
  /** Whether templates must be edited first: see `departures.ts`. */
  readonly departs: boolean;
  /** Settings that every deployment has there. */
  readonly settings: Readonly<Record<string, string>>;
}

/** Reads the place from what `main.ts` put into the environment. */
export function placeFromEnvironment({ DEPLOY_ENDPOINT, DEPLOY_DEPARTS, DEPLOY_SETTINGS } = process.env): Place {
  return {
    ...(DEPLOY_ENDPOINT ? { endpoint: DEPLOY_ENDPOINT } : {}),
    departs: DEPLOY_DEPARTS === 'true',
    settings: JSON.parse(DEPLOY_SETTINGS ?? '{}'),
  };
}
