import type { ConsoleApi } from '../web/api/console';
import type { Handlers } from './call';
import { activityCalls } from './calls/activity';
import { clientCalls } from './calls/clients';
import { credentialCalls } from './calls/credentials';
import { deletedCalls } from './calls/deleted';
import { directoryCalls } from './calls/directory';
import { erasureCalls } from './calls/erasure';
import { invitationCalls } from './calls/invitations';
import { sessionCalls } from './calls/session';
import { settingCalls } from './calls/settings';
import { tenantCalls } from './calls/tenants';
import { tokenCalls } from './calls/tokens';

/** All calls, by name. */
export const calls: Handlers<ConsoleApi> = {
  ...sessionCalls,
  ...tenantCalls,
  ...directoryCalls,
  ...deletedCalls,
  ...erasureCalls,
  ...activityCalls,
  ...credentialCalls,
  ...tokenCalls,
  ...clientCalls,
  ...invitationCalls,
  ...settingCalls,
};
