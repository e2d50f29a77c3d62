import type { ResourceType } from '../lambda/directory/resource-types';
import type { JsonObject } from '../lambda/scim/json';
import { changedHere, identityProviderOf } from '../operator/directory/changed-here';
import type { Directory } from '../operator/directory/read';
import { toJson } from '../operator/printable';
import type { Session } from './command';
import type { CommandOutput } from './output';
import { utcTime } from './time';

/** Shows a resource as JSON, and whether an operator changed it after its identity provider. */
export async function showResource(
  { deployment }: Session,
  { tenant }: Directory,
  type: ResourceType,
  resource: JsonObject,
): Promise<CommandOutput> {
  const collection = { tenantId: tenant.tenantId, type: type.name };
  const changed = await changedHere(deployment, collection, String(resource.id));
  const text = toJson(resource, 2);
  if (!changed) return { data: resource, text };
  const { on, action } = changed;
  const other = identityProviderOf(tenant, deployment.services.clock());
  return {
    data: { ...resource, changedHere: { on, action } },
    text,
    notes: [`Changed here on ${utcTime(on)} (${action}), not by ${other}.`],
  };
}
