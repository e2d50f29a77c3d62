import { testDomain } from '../lambda/directory/test-domain';
import type { Flow } from '../traffic/flow';

/** What makes a name unique, and the domain after it if it is an address; in a path `@` can be `%40`. */
const uniqueEnd = /\$\{unique\}(?:(@|%40)[\w.]+)?/g;

/**
 * Names what a flow creates under the doctor's domain, so that everybody can tell it from real users and groups, and the
 * next run finds what an interrupted one left.
 */
export function underTestDomain(flow: Flow): Flow {
  const named = JSON.stringify(flow).replace(uniqueEnd, (_, at = '.') => `\${unique}${at}${testDomain}`);
  return JSON.parse(named) as Flow;
}
