import { type Parse, parsers, remembering } from '../../../local/engine/expressions';
import type { Item } from './things';

const names = { '#a': 'alpha', '#b': 'beta' };

const unlimited = { isReserved: () => false, compare: () => false };

/** What dynalite tells a parser. */
const contextOf = (
  attrVals: Item,
  attrNames: Readonly<Record<string, string>> = names,
): Parameters<Parse>[1]['context'] => {
  const all = (of: object) => Object.fromEntries(Object.keys(of).map((name) => [name, true as const]));
  return { ...unlimited, attrNames, attrVals, unusedAttrNames: all(attrNames), unusedAttrVals: all(attrVals) };
};

const expressions: [kind: keyof typeof parsers, expression: string, parses: number][] = [
  ['condition', '#a = :x AND (attribute_not_exists(#b) OR #b < :y)', 1],
  ['condition', '#a IN (:x, :y)', 1],
  ['condition', 'contains(#a, :x) AND NOT size(#b) = :y', 1],
  ['condition', '#a BETWEEN :x AND :y', 3],
  ['condition', 'attribute_type(#a, :x)', 3],
  ['condition', 'list_append(#a, :x)', 6],
  ['update', 'SET #a.#b = #a.#b + :x, #b[1] = if_not_exists(gamma, :y) REMOVE delta', 1],
  ['update', 'ADD #a :x', 1],
  ['update', 'SET #a = :unknown', 6],
];

describe('an expression that is remembered', () => {
  const values = (x: string, y: string): Item => ({ ':x': { N: x }, ':y': { N: y } });

  it.each(expressions)('gives what parsing does: %s %s', (kind, expression, parses) => {
    const { parse } = parsers[kind];
    const counted = jest.fn(parse);
    const remembered = remembering(counted);
    for (const given of [values('1', '2'), values('3', '4'), values('5', '6')]) {
      const [expected, found] = [contextOf(given), contextOf(given)];
      expect(remembered(expression, { context: found })).toEqual(parse(expression, { context: expected }));
      expect(found).toEqual(expected);
    }
    expect(counted).toHaveBeenCalledTimes(parses);
  });

  it('is parsed again for values of other types, and for other names', () => {
    const remembered = remembering(parsers.condition.parse);
    const sizeOf = (value: Item[string], attrNames = names) =>
      remembered('size(:x) > #a', { context: contextOf({ ':x': value }, attrNames) });
    expect(sizeOf({ S: 'a' })).toBeInstanceOf(Object);
    expect(sizeOf({ N: '1' })).toMatch(/Incorrect operand type/);
    expect(sizeOf({ S: 'a' }, { ...names, '#a': 'gamma' })).toHaveProperty('expression.args.1', ['gamma']);
  });

  it('is not changed by who uses it', () => {
    const remembered = remembering(parsers.update.parse);
    const parsed = () =>
      remembered('SET #a = :x', { context: contextOf(values('1', '2')) }) as { sections: { val: unknown }[] };
    for (const section of parsed().sections) section.val = 'changed';
    expect(parsed().sections).toEqual([{ type: 'set', path: ['alpha'], val: { N: '1' }, attrType: 'N' }]);
  });
});
