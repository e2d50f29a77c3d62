import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiError } from '../web/api/error';
import { type Asked, judgeCall, judgeHost } from './guard';
import { headersOf, type PageFiles } from './page';

/** What a console answers with. */
export interface Service {
  /** Its host and port: the only ones by which it is reached. */
  readonly host: string;
  readonly secret: string;
  readonly page: () => Promise<PageFiles>;
  readonly call: (name: string, body: string) => Promise<{ readonly status: number; readonly body: unknown }>;
  readonly log: (failure: unknown) => void;
}

interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** What the body of a call may have, in bytes: a public key is the largest thing that is sent. */
const longestBody = 64 * 1024;

const secretRemedy = {
  text: 'Open the address that the program printed when it started, with everything that follows the #.',
};

/** Responds to a request. */
export async function respond(service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const answer = await answerTo(service, request).catch((failure: unknown) => {
    service.log(failure);
    return text(500, 'The console failed: its terminal says more.\n');
  });
  if (response.destroyed) return;
  response.writeHead(answer.status, { ...headersOf(answer.type), 'Content-Length': Buffer.byteLength(answer.body) });
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}

async function answerTo(service: Service, request: IncomingMessage): Promise<Answer> {
  const asked: Asked = { method: request.method ?? '', headers: request.headers };
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  const body = await readBody(request);
  const refused = judgeHost(asked, service.host);
  if (refused) return failed(refused.status, refused);
  if (!path.startsWith('/api/')) return answerPage(service, asked, path);
  const unfit = judgeCall(asked, service.host, service.secret);
  if (unfit) return failed(unfit.status, { ...unfit, ...(unfit.code === 'secret' && { remedy: secretRemedy }) });
  if (body === undefined) return failed(413, { code: 'invalid', message: 'The body of the call is too long.' });
  const answered = await service.call(path.slice('/api/'.length), body);
  return json(answered.status, answered.body);
}

/** Every path but those of calls is the name of a file of the page, or of nothing. */
async function answerPage({ page }: Service, { method }: Asked, path: string): Promise<Answer> {
  if (method !== 'GET' && method !== 'HEAD') return text(405, 'GET or HEAD only.\n');
  const file = (await page()).get(path === '/' ? '/console.html' : path);
  return file ? { status: 200, ...file } : text(404, 'There is no such page.\n');
}

const text = (status: number, body: string): Answer => ({ status, type: 'text/plain; charset=utf-8', body });

const json = (status: number, body: unknown): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(body),
});

const failed = (status: number, { code, message, remedy }: ApiError): Answer =>
  json(status, { error: { code, message, ...(remedy && { remedy }) } });

/** The body as text; nothing if it is too long. It is read to its end also then, so that the client gets the answer. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= longestBody) chunks.push(chunk);
  }
  return size <= longestBody ? Buffer.concat(chunks).toString('utf8') : undefined;
}
