import type { ActivityRow } from '../../lambda/activity/row';
import { sentences } from '../../lambda/activity/templates';

/** The most attributes that a sentence names. */
const namedAttributes = 4;

/** What stands for a personal value that was erased, where nothing else does. */
const erased = '(erased)';

/** What happened, in words: one sentence without a full stop. */
export function toSentence(row: ActivityRow): string {
  const values = valuesOf(row);
  return sentences[row.template]
    .replace(/\[([^\]]*)\]/g, (_, part: string) => (isKnown(part, values) ? part : ''))
    .replace(placeholders, (_, name: string, one?: string, many?: string) => {
      const value = values[name];
      if (one === undefined) return String(value ?? erased);
      return `${value ?? 0} ${value === 1 ? one : many}`;
    });
}

const placeholders = /\{(\w+)(?:\|(\w+)\|(\w+))?\}/g;

type Values = Readonly<Record<string, string | number | undefined>>;

/** Whether every value of a part is there. */
function isKnown(part: string, values: Values): boolean {
  return [...part.matchAll(placeholders)].every(([, name = '']) => Boolean(values[name]));
}

function valuesOf({ counts, values, personal = {}, resource, changed = [], method, path }: ActivityRow): Values {
  const { name, before, group, detail } = personal;
  return {
    ...counts,
    ...values,
    type: resource?.type.toLowerCase(),
    name: name ?? resource?.id,
    before,
    group,
    detail: detail === undefined ? 'refused' : detail.replace(/\.$/, ''),
    changed: listed(changed),
    others: listed(changed.filter((path) => !told.has(path))),
    method,
    // Where no route is, the detail names the path.
    path: path?.includes('{proxy+}') ? undefined : path,
  };
}

/** The attributes that sentences tell by their verb. */
const told: ReadonlySet<string> = new Set(['active', 'userName', 'displayName']);

function listed(paths: readonly string[]): string {
  const more = paths.length - namedAttributes;
  const named = paths.slice(0, namedAttributes).map(short).join(', ');
  return more > 0 ? `${named} and ${more} more` : named;
}

/** A path without the URN of its extension. */
function short(path: string): string {
  return path.startsWith('urn:') ? path.slice(path.lastIndexOf(':') + 1).replace(/^\d+\.\d+:/, '') : path;
}
