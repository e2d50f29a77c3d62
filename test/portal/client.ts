import type { PortalApi } from '../../web/api/portal';

/** The answer of a call, whatever it is. */
export interface Answered<Out> {
  readonly status: number;
  readonly body: Out & {
    readonly error?: { readonly code: string; readonly message: string; readonly remedy?: { readonly text: string } };
  };
  readonly headers: Headers;
}

/** A browser with a cookie jar that opened the page at this address. */
export class Browser {
  cookie = '';

  constructor(readonly url: string) {}

  /** What the page's script sends. Headers that are undefined are left out. */
  async send(
    name: string,
    body: unknown,
    headers: Readonly<Record<string, string | undefined>> = {},
  ): Promise<Answered<Record<string, unknown>>> {
    const sent = {
      'Content-Type': 'application/json',
      Origin: new URL(this.url).origin,
      'Sec-Fetch-Site': 'same-origin',
      ...(this.cookie ? { Cookie: this.cookie } : {}),
      ...headers,
    };
    const response = await fetch(`${this.url}/api/${name}`, {
      method: 'POST',
      headers: Object.fromEntries(Object.entries(sent).filter(([, value]) => value !== undefined)) as Record<
        string,
        string
      >,
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const [kept] = response.headers.getSetCookie();
    if (kept !== undefined) this.cookie = kept.includes('Max-Age=0') ? '' : (kept.split(';')[0] ?? '');
    const text = await response.text();
    return {
      status: response.status,
      body: JSON.parse(text || '{}') as Answered<Record<string, unknown>>['body'],
      headers: response.headers,
    };
  }

  /** A call, as the page types it. */
  async call<Name extends keyof PortalApi>(
    name: Name,
    input: PortalApi[Name]['in'],
  ): Promise<Answered<PortalApi[Name]['out']>> {
    return (await this.send(name, input)) as Answered<PortalApi[Name]['out']>;
  }

  /** A call that must succeed. @throws Error with the answer if it does not */
  async get<Name extends keyof PortalApi>(name: Name, input: PortalApi[Name]['in']): Promise<PortalApi[Name]['out']> {
    const { status, body } = await this.call(name, input);
    if (status !== 200) throw new Error(`${name}: ${status} ${JSON.stringify(body)}`);
    return body;
  }
}
