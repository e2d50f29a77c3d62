import { describeReadiness, rateReadiness } from '../../../doctor/readiness';
import points from '../../../doctor/readiness.json';
import type { Check, Verdict } from '../../../doctor/verdict';
import { admin } from '../admin';
import { type LocalEndpoint, startLocal } from '../local-endpoint';
import { startBroken } from './broken-endpoint';

const check = (full: string, verdict: Verdict): Check => {
  const [title = '', name = ''] = full.split(': ');
  return { title, name, verdict, found: [], matters: '', cure: '' };
};

const ratingOf = (point: string, checks: readonly Check[]) => rateReadiness(checks).find((one) => one.point === point);

test('a point passes if all of its checks are ok, and fails if one failed', () => {
  const pages = ['Entra pages: the first page of 5 users', 'Entra pages: the second page of 5 users'] as const;
  expect(
    ratingOf(
      '11 users are listed in pages',
      pages.map((name) => check(name, 'ok')),
    ),
  ).toMatchObject({ rating: 'pass' });
  expect(ratingOf('11 users are listed in pages', [check(pages[0], 'ok'), check(pages[1], 'failed')])).toEqual({
    point: '11 users are listed in pages',
    rating: 'fail',
    why: pages[1],
  });
});

test('one way to delete users is enough', () => {
  const soft = check('Entra leaver: soft delete', 'failed');
  const hard = check('Entra leaver: hard delete', 'ok');
  expect(ratingOf('users can be disabled (soft delete) or deleted', [soft, hard])).toMatchObject({ rating: 'pass' });
  expect(ratingOf('users can be disabled (soft delete) or deleted', [soft])).toMatchObject({ rating: 'fail' });
});

test('what was not checked is neither passed nor failed, and says how to find out', () => {
  const ratings = rateReadiness([]);
  expect(ratings.map(({ rating }) => rating)).toEqual(points.map(() => 'not checkable'));
  expect(describeReadiness(ratings)).toMatch(
    /^Entra gallery readiness\n\? {5}OAuth 2\.0 client credentials: not checkable from here\. Pass --token-url, --client-id and --client-secret\.\n/,
  );
});

describe('of an endpoint', () => {
  let endpoint: LocalEndpoint;
  beforeAll(async () => {
    endpoint = await startLocal();
  });
  afterAll(() => endpoint.close());

  test('ours passes each point that --write can check', async () => {
    const { baseUrl, token } = await endpoint.createTenant({ label: 'ready' });
    const { out } = await admin(['doctor', baseUrl, '--token', token, '--write', '--json']);
    const { readiness } = JSON.parse(out) as { readonly readiness: ReturnType<typeof rateReadiness> };
    const passed = readiness.filter(({ rating }) => rating === 'pass').map(({ point }) => point);
    const written = points.filter(({ how }) => how.startsWith('Pass --write') || how === 'The checks ended before.');
    expect(passed).toEqual(written.map(({ point }) => point));
  });

  test('one with a lower limit fails the rate, and is told what to do', async () => {
    const { baseUrl, token } = await endpoint.createTenant({ label: 'slow' });
    let asked = 0;
    const slow = await startBroken(baseUrl, {
      ask: (one) => (one.path === '/Users?startIndex=1&count=1' && ++asked > 30 ? { status: 429 } : one),
    });
    const { out } = await admin(['doctor', slow.baseUrl, '--token', token, '--write']);
    await slow.close();
    expect(out).toMatch(
      /^FAILED {2}Rate: 25 requests a second are accepted\n {10}found {5}of 50 requests 20 got 429\n/m,
    );
    expect(out).toMatch(/^FAIL {2}at least 25 requests a second \(Rate: 25 requests a second are accepted\)$/m);
  });
});
