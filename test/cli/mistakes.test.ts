import { type Endpoint, startEndpoint } from '../../local/endpoint';
import { admin } from './admin';
import cases from './mistakes.json';

interface Case {
  readonly args: readonly string[];
  readonly code: number;
  readonly out?: string;
  readonly err?: string;
}

let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await startEndpoint({});
  await endpoint.createTenant({ label: 'local' });
});

afterAll(() => endpoint.close());

test.each((cases as readonly Case[]).map((one) => [one.args.join(' '), one] as const))('%s', async (_, one) => {
  const onLocal = one.args.length > 1 ? ['--local', endpoint.url] : [];
  const { code, out, err } = await admin([...one.args, ...onLocal]);
  expect({ code, err }).toEqual({ code: one.code, err: expect.stringMatching(new RegExp(one.err ?? '^$')) });
  expect(out).toMatch(new RegExp(one.out ?? '^$'));
  expect(err).not.toMatch(/^\s+at /m);
});

test.each([
  [
    'http://127.0.0.1:1',
    'There is no local endpoint at http://127.0.0.1:1: start it with "npm start", or pass --local its URL or data folder.',
  ],
  [__dirname, `${__dirname} is neither a URL (http://…) nor the data folder of a local endpoint: check --local.`],
])('--local %s', async (place, message) => {
  expect(await admin(['tenant', 'list', '--local', place])).toEqual({
    code: 1,
    out: '',
    err: `scim-admin: ${message}\n`,
  });
});
