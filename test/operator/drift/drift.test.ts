import { openMembers, openUsers } from '../../../operator/drift/file-source';
import type { Finding } from '../../../operator/drift/finding';
import type { ColumnChoice } from '../../../operator/drift/format';
import type { MatchAttribute, Source } from '../../../operator/drift/source';
import cases from './cases.json';
import refused from './refused.json';
import { create, type DriftStage, fileOf, startStage } from './tenant';

interface Case {
  readonly name: string;
  readonly from?: string;
  readonly members?: string;
  readonly group?: string;
  readonly format?: string;
  readonly columns?: Readonly<Record<string, string>>;
  readonly activeIf?: readonly string[];
  readonly match?: MatchAttribute;
  readonly ignore?: readonly string[];
  readonly encoding?: string;
  readonly as?: BufferEncoding;
}

let stage: DriftStage;

beforeAll(async () => {
  stage = await startStage();
  const acme = await stage.endpoint.createTenant({ label: 'acme' });
  const ids: Record<string, string> = {};
  for (const [name, active] of [
    ['anna', true],
    ['bob', true],
    ['carol', false],
  ] as const) {
    const given = name.charAt(0).toUpperCase() + name.slice(1);
    ids[name] = await create(acme, 'Users', {
      userName: `${name}@example.com`,
      externalId: `x-${name}`,
      displayName: `${given} Example`,
      name: { givenName: given, familyName: 'Example' },
      emails: [{ value: `${name}@example.com`, type: 'work', primary: true }],
      title: 'Engineer',
      active,
    });
  }
  await create(acme, 'Groups', { displayName: 'Staff', members: [{ value: ids.anna }] });
});

afterAll(() => stage.close());

async function sourcesOf(given: Case, part?: number): Promise<readonly Source[]> {
  const { from, members, group, columns = {}, activeIf = [], format, encoding, as } = given;
  const choice: ColumnChoice = { columns: new Map(Object.entries(columns)), activeIf, ...(format ? { format } : {}) };
  const file = (content: string) => fileOf(Buffer.from(content, as), encoding ? { encoding } : {}, part);
  const sources: Source[] = [];
  if (from !== undefined) sources.push(await openUsers(file(from), choice));
  if (members !== undefined) sources.push(await openMembers(file(members), choice, group));
  return sources;
}

const short = ({ kind, name, group, attribute }: Finding) => [kind, name, ...[group ?? attribute ?? []].flat()];

describe('exports of identity providers', () => {
  test.each(cases.map((each) => [each.name, each] as const))('%s', async (_, each) => {
    const { findings, disabledHere = 0, membersNotCompared = 0 } = each;
    const given = each as Case;
    for (const part of [1 << 16, 7]) {
      const compared = await stage.compare('acme', await sourcesOf(given, part), {
        match: given.match ?? 'userName',
        ignore: given.ignore ?? [],
      });
      expect(compared.findings.map(short)).toEqual(findings);
      expect(compared.summary).toMatchObject({ total: findings.length, disabledHere, membersNotCompared });
      expect(compared.notes).toHaveLength(compared.notes.length && [given.from, given.members].filter(Boolean).length);
    }
  });

  test.each(refused.map((each) => [each.name, each] as const))('%s is refused', async (_, each) => {
    const { message, ...given } = each;
    const compare = async () => stage.compare('acme', await sourcesOf(given as Case));
    await expect(compare()).rejects.toThrow(message);
    await expect(compare()).rejects.toThrow(expect.objectContaining({ name: 'OperatorError' }));
  });

  test.each(['utf16le', 'utf-16 with a mark', 'latin1'])('a file in %s', async (encoding) => {
    const content = 'userName,displayName\nanna@example.com,Ännä Example\nbob@example.com,Bob Example\n';
    const bytes = {
      utf16le: Buffer.from(content, 'utf16le'),
      'utf-16 with a mark': Buffer.from(`\ufeff${content}`, 'utf16le'),
      latin1: Buffer.from(content, 'latin1'),
    }[encoding];
    const more = encoding === 'latin1' ? { encoding: 'windows-1252' } : {};
    const source = await openUsers(fileOf(bytes ?? '', more, 5), { columns: new Map(), activeIf: [] });
    const { findings } = await stage.compare('acme', [source]);
    expect(findings).toMatchObject([{ kind: 'attribute', expected: 'Ännä Example', actual: 'Anna Example' }]);
  });

  test.each(['userName\n', '[{"userName":"', '{"userName":"'])(
    'an endless record after %j is refused early',
    async (begin) => {
      let parts = 0;
      async function* endless() {
        yield Buffer.from(begin);
        for (;;) {
          parts++;
          yield Buffer.from('x'.repeat(50_000));
        }
      }
      const file = { name: 'endless.csv', open: async () => endless() };
      const compare = async () => stage.compare('acme', [await openUsers(file, { columns: new Map(), activeIf: [] })]);
      await expect(compare()).rejects.toThrow(/is longer than 1,000,000 characters|is not known|no column/);
      expect(parts).toBeLessThan(60);
    },
  );

  test('a note says how each file was read', async () => {
    const source = await openUsers(fileOf('login,status\nanna@example.com,ACTIVE\n'), {
      columns: new Map(),
      activeIf: [],
    });
    expect((await stage.compare('acme', [source])).notes).toEqual([
      'users.csv: read as okta, because of its column "login": userName = "login", active = "status".',
    ]);
  });
});
