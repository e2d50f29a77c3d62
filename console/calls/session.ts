import { tierRates } from '../../deployment/limits';
import { noUsagePlans } from '../../operator/tenants/limits';
import { version } from '../../package.json';
import type { TenantCalls } from '../../web/api/console/tenants';
import type { Handlers } from '../call';
import { object } from '../input';
import profiles from './profiles.json';

/** Calls about the console itself. */
export const sessionCalls: Handlers<Pick<TenantCalls, 'session.get'>> = {
  'session.get': {
    input: object({}, {}),
    run: async ({ deployment, place }) => {
      const { services, activity } = deployment;
      const identity = await deployment.identity();
      return {
        version,
        place: place.aws && identity !== undefined ? { aws: { ...place.aws, identity } } : place,
        profiles: profiles as Profiles,
        tiers:
          services.apiKeys === noUsagePlans ? [] : Object.entries(tierRates).map(([name, rate]) => ({ name, rate })),
        maxTokenDays: services.maxTokenDays ?? 365,
        activityKept: activity !== undefined,
      };
    },
  },
};

type Profiles = TenantCalls['session.get']['out']['profiles'];
