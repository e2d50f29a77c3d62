import type { ActivityRow } from '../../lambda/activity/row';

/** A command that sends a request again, and what is missing in it. */
export interface CurlCommand {
  readonly command: string;
  readonly missing?: string;
}

const withBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH']);

/**
 * The command for a shell that sends the request of a row again, with the token in the variable `TOKEN`.
 * @param sent the body, if it was recorded
 * @returns undefined for what no request did
 */
export function curlOf(baseUrl: string, row: ActivityRow, sent: string | undefined): CurlCommand | undefined {
  const { method, path, resource } = row;
  if (method === undefined || path === undefined || path.includes('{proxy+}')) return undefined;
  const url = baseUrl + path.replace('{id}', resource?.id ?? '<id>');
  const parts = [
    'curl -sS',
    ...(method === 'GET' ? [] : [method === 'HEAD' ? '-I' : `-X ${method}`]),
    quoted(url),
    '-H "Authorization: Bearer $TOKEN"',
    ...(withBody.has(method)
      ? ["-H 'Content-Type: application/scim+json'", `-d ${sent === undefined ? '@body.json' : quoted(sent)}`]
      : []),
  ];
  const missing = missingIn(row, sent);
  return { command: parts.join(' '), ...(missing && { missing }) };
}

function missingIn({ method = '', path = '', resource, template }: ActivityRow, sent: string | undefined) {
  if (path.includes('{id}') && resource?.id === undefined) return 'The id in the path was not kept: put it in.';
  if (withBody.has(method) && sent === undefined) {
    return 'The body was not recorded: put it into body.json. Bodies are recorded only while somebody asks for it.';
  }
  return template === 'listed' || template === 'listFailed' || template === 'lookedUp'
    ? 'The query, such as a filter, is not kept.'
    : undefined;
}

/** A word for a POSIX shell. */
const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
