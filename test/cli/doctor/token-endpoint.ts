import { text } from 'node:stream/consumers';
import { serveHttp } from '../../http-server';

/** A response of a token endpoint. */
interface Answer {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a token endpoint differs from a correct one: it gets the form, and the response of a correct one. */
export type TokenFault = (form: URLSearchParams, right: Answer) => Answer;

/** A token endpoint of somebody else's endpoint, for one client; each of its access tokens is `accessToken`. */
export async function startTokenEndpoint(
  client: { readonly id: string; readonly secret: string },
  accessToken: string,
  fault: TokenFault = (_, right) => right,
) {
  const server = await serveHttp(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    const { status, body, headers } = fault(form, answer(form, request.headers.authorization ?? ''));
    response.writeHead(status, { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers });
    response.end(JSON.stringify(body));
  });

  function answer(form: URLSearchParams, authorization: string): Answer {
    const [, encoded = ''] = /^Basic (.+)$/.exec(authorization) ?? [];
    const [id, secret] = Buffer.from(encoded, 'base64').toString().split(':').map(decodeURIComponent);
    const isClient =
      (form.get('client_id') ?? id) === client.id && (form.get('client_secret') ?? secret) === client.secret;
    if (!isClient) return { status: 401, body: { error: 'invalid_client' } };
    if (form.get('grant_type') !== 'client_credentials')
      return { status: 400, body: { error: 'unsupported_grant_type' } };
    return { status: 200, body: { access_token: accessToken, token_type: 'Bearer', expires_in: 3600, scope: 'scim' } };
  }

  return { url: `${server.url}/token`, close: server.close };
}
