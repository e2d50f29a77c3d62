import type { Written } from '../../traffic/check-flow';
import entraDelete from '../../traffic/clients/entra/disable-and-delete.json';
import entraGroups from '../../traffic/clients/entra/groups.json';
import entraUsers from '../../traffic/clients/entra/patch-default-dialect.json';
import oktaGroups from '../../traffic/clients/okta/custom-app-groups.json';
import oktaUsers from '../../traffic/clients/okta/custom-app-users.json';
import type { Flow } from '../../traffic/flow';
import { writtenOut } from '../../traffic/setup';

const written = [
  entraDelete,
  entraGroups,
  entraUsers,
  oktaGroups,
  oktaUsers,
] as readonly unknown[] as readonly Written[];

/** The flow of this name, of those that the self test plays. @throws Error if it plays none of this name */
export function flowNamed(name: string | undefined): Flow {
  const found = written.find((flow) => flow.name === name);
  if (!found) throw new Error(`The self test has no flow ${name}.`);
  const { setup, ...flow } = found;
  return setup ? { ...flow, setup: setup.map(writtenOut) } : flow;
}
