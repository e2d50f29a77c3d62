import { describeErasable, erase } from '../../operator/actions/erase';
import { findErasable } from '../../operator/directory/erase-resource';
import { typesByName } from '../../operator/directory/identity';
import type { DirectoryCalls } from '../../web/api/console/directory';
import { type Handlers, ofTenant } from '../call';
import { requireTyped } from '../confirm';
import { text } from '../input';
import { typeName } from './directory';

/** Calls that erase a user or group. */
export const erasureCalls: Handlers<Pick<DirectoryCalls, 'resources.erasable' | 'resources.erase'>> = {
  'resources.erasable': ofTenant({ type: typeName, wanted: text() }, {}, async ({ deployment, tenant }, input) => {
    const type = typesByName[input.type];
    const found = await findErasable(deployment, tenant, type, input.wanted);
    return { sentence: `This erases ${describeErasable(type, found)}; it cannot be undone.`, word: found.name };
  }),

  'resources.erase': ofTenant(
    { type: typeName, wanted: text(), confirm: text() },
    {},
    async ({ deployment, tenant }, { type, wanted, confirm }) => {
      const resourceType = typesByName[type];
      const found = await findErasable(deployment, tenant, resourceType, wanted);
      requireTyped(confirm, found.name);
      const { sentence, notes } = await erase(deployment, tenant, resourceType, found);
      return { notes: [sentence, ...notes] };
    },
  ),
};
