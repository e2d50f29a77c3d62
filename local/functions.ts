import { join } from 'node:path';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { type FunctionName, functions } from '../deployment/functions';
import type { Bundles } from './bundles';
import type { DeployedFunction, LambdaFunction } from './invoke';
import { buildPage } from './portal-page';

/**
 * Loads the handlers, after their environment is set: from bundles if there are any, otherwise from the sources.
 * The functions passed in replace the real ones.
 */
export function loadFunctions(
  given: Readonly<Partial<Record<FunctionName, LambdaFunction>>>,
  bundles: Bundles | undefined,
): Readonly<Record<FunctionName, DeployedFunction>> {
  const load = bundles?.load ?? loadSource;
  const loaded = functions.map(({ name, timeout }): [FunctionName, DeployedFunction] => [
    name,
    { name, timeout: timeout * 1000, handler: withPage(name, given[name] ?? load(name)) },
  ]);
  return Object.fromEntries(loaded) as Record<FunctionName, DeployedFunction>;
}

function loadSource(name: FunctionName): LambdaFunction {
  // Not an import: a handler reads its environment when it is loaded. In the package it is a bundle in a folder of its name.
  const { handler } = require(join(__dirname, '../lambda', name)) as { handler: LambdaFunction };
  return handler;
}

/** The portal serves a page, which is built when somebody opens it: nobody else should wait for it. */
function withPage(name: FunctionName, handler: LambdaFunction): LambdaFunction {
  if (name !== 'portal') return handler;
  return async (event: APIGatewayProxyEvent, context) => {
    if (event.httpMethod === 'GET') await buildPage();
    return handler(event as never, context);
  };
}
