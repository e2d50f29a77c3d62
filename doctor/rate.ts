import { setTimeout as sleep } from 'node:timers/promises';
import type { Patient } from './play';
import type { Check } from './verdict';

/** Requests per second that Microsoft asks for, and for how many seconds they are sent. */
const load = { perSecond: 25, seconds: 2 };

/** Sends 25 small requests a second, evenly, whether or not the responses have come. */
export async function checkRate(patient: Patient, onCheck: (check: Check) => void): Promise<readonly Check[]> {
  const { baseUrl, token, send, stopped } = patient;
  const headers = { Authorization: `Bearer ${token}`, Accept: 'application/scim+json' };
  const url = `${baseUrl}/Users?startIndex=1&count=1`;
  const sent = [];
  for (let count = 0; count < load.perSecond * load.seconds; count++) {
    sent.push(send({ method: 'GET', url, headers }));
    await sleep(1_000 / load.perSecond);
  }
  const answers = await Promise.all(sent);
  const wrong = answers.flatMap((answer) => {
    if ('noAnswer' in answer) return [answer.noAnswer];
    return answer.status === 200 ? [] : [String(answer.status)];
  });
  const kinds = [...new Set(wrong)].map((what) => `${wrong.filter((one) => one === what).length} got ${what}`);
  const failed = stopped.aborted ? 'not done' : 'failed';
  const check: Check = {
    title: 'Rate',
    name: '25 requests a second are accepted',
    verdict: kinds.length === 0 ? 'ok' : failed,
    found: kinds.length === 0 ? [] : [`of ${sent.length} requests ${kinds.join(', ')}`],
    matters: 'Entra waits and tries again after 429; below 25 requests a second, a large directory takes days.',
    cure: 'Raise the limit of the tenant. Ours: npx scim-admin tenant limits <tenant> standard.',
  };
  onCheck(check);
  return [check];
}
