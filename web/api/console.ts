import type { ActivityCalls } from './console/activity';
import type { CredentialCalls } from './console/credentials';
import type { DirectoryCalls } from './console/directory';
import type { SettingCalls } from './console/settings';
import type { TenantCalls } from './console/tenants';

/**
 * The calls of the operator's console: `POST api/<name>` with the header `X-Console-Secret` and a JSON body, its `in`;
 * the answer is its `out`, or an `ApiFailure`. Times are ISO 8601 in UTC. `tenant` is an id or a label. A `cursor` comes
 * from `next` of the page before; without `next`, there is no more.
 */
export interface ConsoleApi extends TenantCalls, DirectoryCalls, ActivityCalls, CredentialCalls, SettingCalls {}
