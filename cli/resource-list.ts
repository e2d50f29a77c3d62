import { type Command, InvalidArgumentError } from 'commander';
import type { ResourceType } from '../lambda/directory/resource-types';
import { isObject, type Json, type JsonObject } from '../lambda/scim/json';
import { openDirectory, resourcesOf } from '../operator/directory/read';
import type { Session } from './command';
import { type CommandOutput, table } from './output';
import { shortTime } from './time';

interface ListOptions {
  readonly filter?: string;
  readonly start: number;
  readonly count: number;
}

/** A column of a list: its head, and the value of a resource. */
export type Column = readonly [head: string, cell: (resource: JsonObject) => Json | undefined];

/** When a resource was last changed. */
export const modifiedColumn: Column = [
  'MODIFIED',
  ({ meta }) => shortTime(text(isObject(meta) ? meta.lastModified : '')),
];

/** Adds the options of a list. */
export function withListOptions(command: Command): Command {
  return command
    .option('--filter <filter>', 'a SCIM filter, such as \'userName sw "a"\'')
    .option('--start <number>', 'number of the first one to show', parseCount, 1)
    .option('--count <number>', 'how many to show, at most 200', parseCount, 100);
}

/** Lists resources of a type in columns. */
export function lister(type: ResourceType, columns: readonly Column[], query: Readonly<Record<string, string>> = {}) {
  return async ({ deployment }: Session, options: ListOptions, name: string): Promise<CommandOutput> => {
    const directory = await openDirectory(deployment, name);
    const page = await directory.list(type, {
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
      notes: [`Shown: ${shown} of ${String(page.totalResults)}.`],
    };
  };
}

function text(value: Json | undefined): string {
  return value === undefined ? '-' : String(value);
}

function parseCount(given: string): number {
  if (/^\d{1,9}$/.test(given)) return Number(given);
  throw new InvalidArgumentError('Use a whole number.');
}
