import { type Command, InvalidArgumentError, Option } from 'commander';
import type { ResourceType } from '../lambda/directory/resource-types';
import { isObject, type Json, type JsonObject } from '../lambda/scim/json';
import { ScimError } from '../lambda/scim/message/error';
import { resourceView } from '../lambda/scim/schema/view';
import { inferExtensions } from '../operator/directory/inferred-schema';
import { type Directory, openDirectory, resourcesOf } from '../operator/directory/read';
import type { Session } from './command';
import { type CommandOutput, table } from './output';
import { shortTime } from './time';

interface ListOptions {
  readonly filter?: string;
  readonly start: number;
  readonly count: number;
  readonly order: 'name' | 'id';
}

/** A column of a list: its head, and the value of a resource. */
export type Column = readonly [head: string, cell: (resource: JsonObject) => Json | undefined];

/** When a resource was last changed. */
export const modifiedColumn: Column = [
  'MODIFIED (UTC)',
  ({ meta }) => shortTime(text(isObject(meta) ? meta.lastModified : '')),
];

/** Adds the options of a list. */
export function withListOptions(command: Command): Command {
  return command
    .option('--filter <filter>', 'a SCIM filter, such as \'userName sw "a"\'')
    .option('--start <number>', 'number of the first one to show', parseCount, 1)
    .option('--count <number>', 'how many to show, at most 200', parseCount, 100)
    .addOption(new Option('--order <order>', 'what to order by').choices(['name', 'id']).default('name'))
    .addHelpText(
      'after',
      `
Ordering by name reads everything that the list could show, not only --count: at
most 10,000 or 8 MB, which are 1,000 read units of DynamoDB, or $0.0003. A list
that is longer is in the order of the ids instead, which reads only what it
shows.`,
    );
}

/** Lists resources of a type in columns. */
export function lister(type: ResourceType, columns: readonly Column[], query: Readonly<Record<string, string>> = {}) {
  return async ({ deployment }: Session, options: ListOptions, name: string): Promise<CommandOutput> => {
    const directory = await openDirectory(deployment, name);
    const { page, notes } = await read(directory, type, options, {
      ...query,
      startIndex: String(options.start),
      count: String(options.count),
      ...(options.filter === undefined ? {} : { filter: options.filter }),
    });
    const resources = resourcesOf(page);
    const rows = resources.map((resource) => columns.map(([, cell]) => text(cell(resource))));
    const last = options.start + resources.length - 1;
    const shown = resources.length === 0 ? 'none' : `${options.start} to ${last}`;
    return {
      data: page,
      text: table(
        columns.map(([head]) => head),
        rows,
      ),
      notes: [
        `Shown: ${shown} of ${String(page.totalResults)}.`,
        ...notes,
        ...(resources.length === 0 ? spelling(directory, type, options) : []),
      ],
    };
  };
}

/** A filter with an extension of the deployment can be wrong without an error, since this program does not know the extension. */
function spelling({ tenant }: Directory, type: ResourceType, { filter }: ListOptions): readonly string[] {
  const inferred = filter === undefined ? [] : inferExtensions(resourceView(tenant.profile, type.name), filter);
  return inferred.map(({ schema }) => `Check the spelling: this program does not know the schema "${schema.id}".`);
}

/** Reads a page in the order of the names or, if there are too many for that, of the ids. @throws ScimError 400 */
async function read(
  directory: Directory,
  type: ResourceType,
  { order }: ListOptions,
  query: Readonly<Record<string, string>>,
): Promise<{ readonly page: JsonObject; readonly notes: readonly string[] }> {
  if (order === 'id') return { page: await directory.list(type, query), notes: [] };
  const sortBy = type.indexes[0]?.attribute ?? 'id';
  const page = await directory.list(type, { ...query, sortBy }).catch((error: unknown) => {
    if (error instanceof ScimError && error.scimType === 'tooMany') return undefined;
    throw error;
  });
  if (page) return { page, notes: [] };
  const notes = ['Ordered by id, because there are too many to order by name: narrow it with --filter.'];
  return { page: await directory.list(type, query), notes };
}

function text(value: Json | undefined): string {
  return value === undefined ? '-' : String(value);
}

/** Reads a number of things to show. @throws InvalidArgumentError */
export function parseCount(given: string): number {
  if (/^\d{1,9}$/.test(given)) return Number(given);
  throw new InvalidArgumentError('Use a whole number.');
}
