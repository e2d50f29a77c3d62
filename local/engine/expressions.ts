import conditions from 'dynalite/db/conditionParser';
import projections from 'dynalite/db/projectionParser';
import updates from 'dynalite/db/updateParser';
import type { ParseContext, Parser } from 'dynalite/types';

export type Parse = Parser['parse'];

/** dynalite's parsers, by the kind of expression. */
export const parsers = { condition: conditions, projection: projections, update: updates };

/** What an expression was parsed to, with a stand-in for each value; and the names and values that it uses. */
interface Parsed {
  readonly result: unknown;
  readonly names: readonly string[];
  readonly values: ReadonlyMap<string, object>;
}

/** What these need of a value is more than its type. */
const dependsOnValues = /\bBETWEEN\b|\battribute_type\b/i;

/** How many expressions are remembered: our functions have fewer, but an application may send any. */
const most = 1000;

/**
 * Has dynalite parse each expression once. Its parsers put the values into their result, so each use gets a copy with its own;
 * their checks need the types of the values only. An expression with an error is parsed again each time.
 */
export function rememberExpressions(): void {
  for (const parser of Object.values(parsers)) parser.parse = remembering(parser.parse);
}

/** A parser that remembers. `parse` returns a text for an error. */
export function remembering(parse: Parse): Parse {
  const known = new Map<string, Parsed>();
  return (expression, { context }) => {
    if (dependsOnValues.test(expression)) return parse(expression, { context });
    const key = keyOf(expression, context);
    const remembered = known.get(key);
    if (remembered) return use(remembered, context);
    const parsed = parseAlone(parse, expression, context);
    if (typeof parsed.result !== 'object') return parse(expression, { context });
    if (known.size >= most) known.clear();
    known.set(key, parsed);
    return use(parsed, context);
  };
}

function keyOf(expression: string, { attrNames, attrVals = {} }: ParseContext): string {
  const types = Object.entries(attrVals).map(([name, value]) => [name, ...Object.keys(value)]);
  return JSON.stringify([expression, attrNames, types]);
}

/** Parses an expression as if no other had used a name or value. */
function parseAlone(parse: Parse, expression: string, context: ParseContext): Parsed {
  const { attrNames = {}, attrVals = {} } = context;
  const [unusedAttrNames, unusedAttrVals] = [allOf(attrNames), allOf(attrVals)];
  const result = parse(expression, { context: { ...context, unusedAttrNames, unusedAttrVals } });
  const names = Object.keys(attrNames).filter((name) => !(name in unusedAttrNames));
  const values = Object.keys(attrVals).filter((name) => !(name in unusedAttrVals));
  const standIns = new Map(values.map((name) => [name, {}]));
  return {
    result: copy(result, new Map(values.map((name) => [attrVals[name], standIns.get(name)]))),
    names,
    values: standIns,
  };
}

function use(
  { result, names, values }: Parsed,
  { attrVals = {}, unusedAttrNames, unusedAttrVals }: ParseContext,
): unknown {
  for (const name of names) delete unusedAttrNames[name];
  for (const name of values.keys()) delete unusedAttrVals[name];
  return copy(result, new Map([...values].map(([name, standIn]) => [standIn, attrVals[name]])));
}

const allOf = (names: object): Record<string, true> =>
  Object.fromEntries(Object.keys(names).map((name) => [name, true]));

/** A copy of what was parsed, with other values. */
function copy(part: unknown, values: ReadonlyMap<unknown, unknown>): unknown {
  if (typeof part !== 'object' || part === null) return part;
  if (values.has(part)) return values.get(part);
  if (Array.isArray(part)) return part.map((each) => copy(each, values));
  // The sets of paths: actions only read them.
  if (Object.getPrototypeOf(part) === null) return part;
  return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, copy(each, values)]));
}
