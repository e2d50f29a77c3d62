import type { Tenant } from '../lambda/tenants/tenant';
import type { Deployment } from '../operator/connection/open';
import { findTenant } from '../operator/tenants/provision';
import type { Call } from '../web/api/console/call';
import type { Place } from '../web/api/console/tenants';
import { type Fields, object, type Reader, text, type Values } from './input';

/** What every call works on. */
export interface Context {
  readonly deployment: Deployment;
  readonly place: Place;
}

/** A call: what reads its input, and what answers it. */
export interface Handler<In, Out> {
  readonly input: Reader<In>;
  readonly run: (context: Context, input: In) => Promise<Out>;
}

/** The handlers of calls, as `web/api/` declares these. */
export type Handlers<Calls> = {
  readonly [Name in keyof Calls]: Calls[Name] extends Call<infer In, infer Out> ? Handler<In, Out> : never;
};

/** What a call about one tenant works on. */
export interface TenantContext extends Context {
  readonly tenant: Tenant;
}

/**
 * Makes the handler of a call about one tenant, which it finds by id or label.
 * @param required fields of the input besides `tenant`
 */
export function ofTenant<Required extends Fields, Optional extends Fields, Out>(
  required: Required,
  optional: Optional,
  run: (context: TenantContext, input: Values<Required> & Partial<Values<Optional>>) => Promise<Out>,
): Handler<{ readonly tenant: string } & Values<Required> & Partial<Values<Optional>>, Out> {
  const read = object({ ...required, tenant: text() }, optional);
  return {
    input: (value, name) => read(value, name) as ReturnType<typeof read> & Values<Required>,
    run: async (context, input) => {
      const tenant = await findTenant(context.deployment.services, input.tenant);
      return await run({ ...context, tenant }, input);
    },
  };
}
