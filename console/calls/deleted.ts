import { restoreResource } from '../../operator/actions/restore';
import { listDeleted } from '../../operator/directory/deleted';
import { typesByName } from '../../operator/directory/identity';
import { withSweeping } from '../../operator/directory/sweeping';
import type { DirectoryCalls } from '../../web/api/console/directory';
import { type Handlers, ofTenant } from '../call';
import { text, time } from '../input';
import { typeName } from './directory';

/** How many deleted ones a list shows. */
const shown = 100;

/** Calls about deleted users and groups. */
export const deletedCalls: Handlers<Pick<DirectoryCalls, 'deleted.list' | 'deleted.restore'>> = {
  'deleted.list': ofTenant({}, { type: typeName, since: time }, async ({ deployment, tenant }, { type, since }) => {
    const { found, total } = await listDeleted(deployment, tenant, {
      count: shown,
      type,
      ...(since !== undefined && { since: new Date(since) }),
    });
    return { deleted: await withSweeping(deployment, tenant.tenantId, found), total };
  }),

  'deleted.restore': ofTenant({ type: typeName, id: text(64) }, {}, async ({ deployment, tenant }, { type, id }) => {
    const { sentence, notes } = await restoreResource(deployment, tenant, typesByName[type], id);
    return { notes: [sentence, ...notes] };
  }),
};
