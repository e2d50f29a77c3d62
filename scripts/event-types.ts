import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const root = resolve(__dirname, '..');
const schemas = join(root, 'docs/events');
const commonFile = 'common.1.schema.json';

/** The file with the types of events. */
export const eventTypesFile = join(root, 'library/events/generated/details.ts');

/** The parts of JSON Schema that the schemas of events use. */
interface Schema {
  readonly $ref?: string;
  readonly const?: string | boolean;
  readonly enum?: readonly string[];
  readonly type?: 'object' | 'string' | 'integer' | 'boolean' | 'array';
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly description?: string;
}

interface EventSchema {
  readonly description: string;
  readonly properties: { readonly 'detail-type': { readonly const: string }; readonly detail: Schema };
}

const read = (file: string): unknown => JSON.parse(readFileSync(join(schemas, file), 'utf8'));

/** The types of all events as a TypeScript module, made from the schemas in `docs/events`. */
export function eventTypesModule(): string {
  const { $defs: common } = read(commonFile) as { $defs: Readonly<Record<string, Schema>> };
  const events = readdirSync(schemas)
    .filter((file) => file.endsWith('.1.schema.json') && file !== commonFile)
    .sort()
    .map((file) => read(file) as EventSchema);
  const shared = Object.entries(common).filter(([, { properties }]) => properties);
  return [
    '// Written by scripts/event-types.ts from the schemas in docs/events: do not edit.',
    ...shared.map(([name, schema]) => interfaceOf(sharedName(name), describe(schema, common), schema, common)),
    ...events.map(({ description, properties: { 'detail-type': type, detail } }) =>
      interfaceOf(detailName(type.const), `The detail of \`${type.const}\`. ${description}`, detail, common),
    ),
    `/** The detail of each event by its detail-type. */\nexport interface EventDetails {\n${events
      .map(({ properties: { 'detail-type': type } }) => `  readonly '${type.const}': ${detailName(type.const)};`)
      .join('\n')}\n}`,
    '',
  ].join('\n\n');
}

const detailName = (type: string): string => `${type.replace(' ', '')}Detail`;

const sharedName = (name: string): string => `Event${name.charAt(0).toUpperCase()}${name.slice(1)}`;

const nameIn = (ref: string): string => ref.split('/').pop() ?? '';

type Common = Readonly<Record<string, Schema>>;

function interfaceOf(name: string, description: string, { properties = {}, required = [] }: Schema, common: Common) {
  const lines = Object.entries(properties).flatMap(([property, schema]) => {
    const text = describe(schema, common);
    const mark = required.includes(property) ? '' : '?';
    return [...(text ? [`  /** ${text} */`] : []), `  readonly ${property}${mark}: ${typeOf(schema, common)};`];
  });
  return `/** ${description} */\nexport interface ${name} {\n${lines.join('\n')}\n}`;
}

function describe({ $ref, description }: Schema, common: Common): string {
  return description ?? ($ref === undefined ? '' : (common[nameIn($ref)]?.description ?? ''));
}

/** A schema as a TypeScript type. @throws Error for a schema that it cannot express */
function typeOf({ $ref, const: constant, enum: values, type, items, properties }: Schema, common: Common): string {
  if ($ref !== undefined) {
    const name = nameIn($ref);
    const schema = common[name];
    if (!schema) throw new Error(`${commonFile} has no ${name}.`);
    return schema.properties ? sharedName(name) : typeOf(schema, common);
  }
  if (constant !== undefined) return JSON.stringify(constant);
  if (values) return values.map((value) => JSON.stringify(value)).join(' | ');
  if (type === 'array' && items) return `readonly ${typeOf(items, common)}[]`;
  if (type === 'object' && !properties) return 'Readonly<Record<string, unknown>>';
  if (type === 'integer') return 'number';
  if (type === 'string' || type === 'boolean') return type;
  throw new Error(`The type ${String(type)} cannot be written as a TypeScript type.`);
}

if (require.main === module) {
  mkdirSync(dirname(eventTypesFile), { recursive: true });
  writeFileSync(eventTypesFile, eventTypesModule());
}
