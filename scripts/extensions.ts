import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ErrorObject } from 'ajv';
import type { AttributeDocument } from '../lambda/scim/schema/definition';
import type { Extension } from '../lambda/scim/schema/extension';
import { schemasWith } from '../lambda/scim/schema/schemas';
import { viewsOf } from '../lambda/scim/schema/view';
import { extensionFileSchema } from './extension-file-schema';

const hasFileForm = new Ajv({ allErrors: true }).compile<Extension>(extensionFileSchema);

/**
 * The schema extensions in a folder: its JSON files, in the order of their names.
 * @throws an error that says that the folder cannot be read, or lists everything wrong with the files, by file and place
 */
export function readExtensions(folder: string): readonly Extension[] {
  const files = list(folder).filter((name) => name.endsWith('.json'));
  const read = files.sort().map((name) => ({ name, ...parse(readFileSync(join(folder, name), 'utf8')) }));
  const extensions = read.flatMap(({ extension }) => extension ?? []);
  const problems = read.flatMap(({ name, extension, problems: found }) =>
    [...found, ...(extension ? conflicts(extension, extensions) : [])].map((problem) => `${name}: ${problem}`),
  );
  if (problems.length > 0) throw new Error(`Schema extensions in ${folder} cannot be used.\n${problems.join('\n')}`);
  return extensions;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The schema extensions cannot be read: ${reason}`, { cause: error });
  }
}

interface Parsed {
  readonly extension?: Extension;
  readonly problems: readonly string[];
}

function parse(text: string): Parsed {
  const json = parseJson(text);
  if (json instanceof Error) return { problems: [`is not JSON (${json.message})`] };
  return hasFileForm(json) ? { extension: json, problems: [] } : { problems: (hasFileForm.errors ?? []).map(describe) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
}

function describe({ instancePath, message = 'is not valid', params }: ErrorObject): string {
  const values = Object.values(params).flat().join(', ');
  return `${instancePath || 'the file'} ${message}${message.includes(values) ? '' : ` (${values})`}`;
}

function conflicts({ resourceType, schema }: Extension, all: readonly Extension[]): readonly string[] {
  const urn = schema.id.toLowerCase();
  const { urns } = viewsOf(schemasWith([])).standard[resourceType];
  const uses = all.filter((other) => other.resourceType === resourceType && other.schema.id.toLowerCase() === urn);
  return [
    ...(urns.has(urn) ? [`/schema/id ${schema.id} is already a schema of the RFC`] : []),
    ...(uses.length > 1 ? [`/schema/id ${schema.id} is used by more than one file`] : []),
    ...nameConflicts(schema.attributes, '/schema/attributes'),
  ];
}

function nameConflicts(attributes: readonly AttributeDocument[], place: string): readonly string[] {
  const names = attributes.map(({ name }) => name.toLowerCase());
  return attributes.flatMap(({ name, type, subAttributes }, index) => [
    ...(names.indexOf(name.toLowerCase()) < index ? [`${place}/${index}/name ${name} is used twice`] : []),
    ...(name in Object.prototype ? [`${place}/${index}/name ${name} is reserved`] : []),
    ...((type === 'complex') === (subAttributes === undefined)
      ? [`${place}/${index} must have subAttributes if its type is complex, and only then`]
      : []),
    ...nameConflicts(subAttributes ?? [], `${place}/${index}/subAttributes`),
  ]);
}
