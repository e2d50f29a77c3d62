import type { RouteFunction } from '../lambda/gateway/routes';
import type { Bundles } from './bundles';
import type { DeployedFunction, LambdaFunction } from './invoke';

/** Every function of the endpoint. */
export type FunctionName = RouteFunction | 'authorizer' | 'changes';

/** Milliseconds: for what answers requests the gateway's own limit, for the others what `lib` deploys. */
const timeouts: Readonly<Record<FunctionName, number>> = {
  users: 29_000,
  groups: 29_000,
  bulk: 29_000,
  search: 29_000,
  discovery: 29_000,
  authorizer: 10_000,
  changes: 300_000,
};

/**
 * Loads the handlers, once the environment they read is set: from bundles where there are some, else from the sources.
 * Those given take the place of the real ones.
 */
export function loadFunctions(
  given: Readonly<Partial<Record<FunctionName, LambdaFunction>>>,
  bundles: Bundles | undefined,
): Readonly<Record<FunctionName, DeployedFunction>> {
  const load = bundles?.load ?? loadSource;
  const loaded = (Object.keys(timeouts) as FunctionName[]).map((name): [FunctionName, DeployedFunction] => [
    name,
    { name, timeout: timeouts[name], handler: given[name] ?? load(name) },
  ]);
  return Object.fromEntries(loaded) as Record<FunctionName, DeployedFunction>;
}

function loadSource(name: FunctionName): LambdaFunction {
  // Not an import: a handler reads its environment when it is loaded.
  const { handler } = require(`../lambda/${name}`) as { handler: LambdaFunction };
  return handler;
}
