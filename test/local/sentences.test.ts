import { startEndpoint } from '../../local/endpoint';
import { userBody } from '../directory/requests';

test('npm start prints each change and each failure as a sentence, in place of the line of its request', async () => {
  const lines: string[] = [];
  const endpoint = await startEndpoint({ memory: true, log: (line) => lines.push(line) });
  const { baseUrl, token } = await endpoint.createTenant({ label: 'acme' });
  const post = (body: object) =>
    fetch(`${baseUrl}/Users`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/scim+json' },
      body: JSON.stringify(body),
    });
  await post({ ...userBody('ben'), displayName: undefined });
  await post(userBody('anna'));
  while (!lines.some((line) => line.includes('created user'))) await new Promise((resolve) => setTimeout(resolve, 20));
  await endpoint.close();
  expect(lines.map((line) => line.replace(/^\d\d:\d\d:\d\d /, ''))).toEqual([
    '400  displayName is required (creating user ben@example.com)',
    expect.stringMatching(/^ +To do: Give the attribute a value/),
    '201  created user anna@example.com',
  ]);
});
