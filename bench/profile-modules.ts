import { readFileSync } from 'node:fs';
import type { Profiler } from 'node:inspector';

/** What CPU is spent on, in the order of the tables. */
export const parts = [
  'our code',
  'SDK: middleware',
  'marshalling',
  'signing',
  'HTTP',
  'gateway',
  'engine: actions',
  'LevelDB',
  'garbage collection',
  'the rest',
] as const;
export type Part = (typeof parts)[number];

/** Which part the modules are that match; the first match counts. */
const owners: readonly (readonly [RegExp, Part])[] = [
  [
    /lambda\/store\/wire|util-dynamodb|lib-dynamodb|submodules\/(?:schema|protocols|cbor|serde)|dynamodb-codec/,
    'marshalling',
  ],
  [/signature-v4|httpAuthSchemes|http-signing|checksum/, 'signing'],
  [/node-http-handler|submodules\/transport/, 'HTTP'],
  [/@aws-sdk|@smithy|aws-crypto|lambda\/exchange/, 'SDK: middleware'],
  [/local\/engine\/database|-level\/|level-transcoder/, 'LevelDB'],
  [
    /local\/(?:engine|queue|event-|changes|activity-rows|in-process|aws-requests)|dynalite|lazy|big\.js/,
    'engine: actions',
  ],
  [/(?:^|\/)local\//, 'gateway'],
  [/(?:^|\/)(?:lambda|deployment|operator)\//, 'our code'],
];

/** Node's modules of connections: where nobody else called them, they read from one. */
const connections = /^node:(?:_http|http|net|_stream|internal\/(?:stream|http|net|timers)|events|timers)/;

/** The module of each line of a bundle that is not minified: esbuild names it in a comment in front. */
function modulesOf(bundle: string): readonly string[] {
  let present = '';
  return readFileSync(bundle, 'utf8')
    .split('\n')
    .map((line) => {
      present = /^\/\/ ((?:\.\.\/)*[\w@./-]+\.(?:[mc]?js|ts|json))$/.exec(line)?.[1] ?? present;
      return present;
    });
}

/** Milliseconds of a profile of the main thread, by part. What Node does counts for who called it. */
export function byPart({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): ReadonlyMap<Part, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const bundles = new Map<string, readonly string[]>();
  const known = new Map<number | undefined, Part | undefined>();

  const moduleOf = ({ url, lineNumber }: Profiler.ProfileNode['callFrame']): string => {
    const path = url.replace('file://', '');
    if (!path.includes('/profile-')) return path;
    const lines = bundles.get(path) ?? modulesOf(path);
    bundles.set(path, lines);
    return lines[lineNumber] ?? '';
  };
  const ownPart = (frame: Profiler.ProfileNode['callFrame']): Part | undefined => {
    if (frame.functionName === '(garbage collector)') return 'garbage collection';
    if (frame.url === '' || frame.url.startsWith('node:')) return undefined;
    return owners.find(([pattern]) => pattern.test(moduleOf(frame)))?.[1];
  };
  const partOf = (id: number | undefined): Part | undefined => {
    const frame = byId.get(id ?? -1)?.callFrame;
    if (!frame) return undefined;
    if (!known.has(id)) {
      const part = ownPart(frame) ?? partOf(parents.get(id ?? -1));
      known.set(id, part ?? (connections.test(frame.url) ? 'HTTP' : undefined));
    }
    return known.get(id);
  };

  const spent = new Map<Part, number>();
  for (const [at, id] of samples.entries()) {
    // The last is the profiler itself.
    if (['(idle)', '(program)', 'dispatch'].includes(byId.get(id)?.callFrame.functionName ?? '')) continue;
    const part = partOf(id) ?? 'the rest';
    spent.set(part, (spent.get(part) ?? 0) + (timeDeltas[at] ?? 0) / 1000);
  }
  return spent;
}
