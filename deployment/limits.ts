/** Requests per second, and at one instant. */
export interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

/** What the stage accepts from all tenants together, unless the deployer says otherwise; docs/limits.md has the calculation. */
export const stageLimit: Throttle = { rate: 4000, burst: 800 };

/**
 * What each open route accepts from everybody together. A client asks once an hour, so that this is enough for tens of
 * thousands of tenants; who floods it delays others, and costs little.
 */
export const openRouteLimit: Throttle = { rate: 20, burst: 40 };

/** What each route of the portal accepts from everybody together: a page that is looked at sends a call every few seconds. */
export const portalRouteLimit: Throttle = { rate: 50, burst: 100 };

/** The tiers of limits of a tenant: requests per second, unless the deployer says otherwise. */
export const tierRates = { low: 25, standard: 50, high: 200 } as const;

/** A tier of limits; an operator chooses one for each tenant. */
export type Tier = keyof typeof tierRates;

/** The names of the tiers. */
export const tiers = Object.keys(tierRates) as readonly Tier[];

/** The tier of a new tenant, and of the tenants that share a key. */
export const defaultTier: Tier = 'standard';

/** The limits that come with a rate: twice as many requests at one instant. */
export const throttleOf = (rate: number): Throttle => ({ rate, burst: 2 * rate });

/** The limits of each tier, unless the deployer says otherwise. */
export const tierLimits = Object.fromEntries(tiers.map((tier) => [tier, throttleOf(tierRates[tier])])) as Readonly<
  Record<Tier, Throttle>
>;

/** Whether it is the name of a tier. */
export function isTier(name: unknown): name is Tier {
  return tiers.some((tier) => tier === name);
}

const keyPattern = /^scimtenant[a-z0-9]{12}(?<tier>[a-z]+)$/;

/**
 * The value of a tenant's API key in the usage plan of a tier. It opens nothing: API Gateway takes it from the authorizer
 * alone, never from a client. (20 to 128 characters.)
 */
export const tenantKey = (tenantId: string, tier: Tier) => `scimtenant${tenantId}${tier}`;

/** The tier of a tenant's API key; nothing for any other key. */
export function tierOfKey(key: string): Tier | undefined {
  const tier = keyPattern.exec(key)?.groups?.tier;
  return isTier(tier) ? tier : undefined;
}
