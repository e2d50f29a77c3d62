import type { Answer, NoAnswer, Outgoing, Send } from '../traffic/send';
import { sendHttp } from '../traffic/send';

/** A resource that the doctor may have created: its URL, if the response had one, or the name by which to find it. */
interface Created {
  readonly collection: string;
  readonly url?: string;
  readonly attribute: string;
  readonly value: string;
}

/** Sends requests and records what they create. */
export interface Accounting {
  readonly send: Send;
  /** Deletes everything that was created, newest first. Returns what still exists, or may exist. */
  cleanUp(): Promise<readonly string[]>;
}

/** Records what is created until `stopped`; after that it sends only the requests of the clean-up. */
export function keepAccount(token: string, stopped: AbortSignal): Accounting {
  const created: Created[] = [];
  const headers = { Authorization: `Bearer ${token}`, Accept: 'application/scim+json' };

  const find = async ({ collection, attribute, value }: Created): Promise<readonly string[]> => {
    const filter = encodeURIComponent(`${attribute} eq ${JSON.stringify(value)}`);
    const answer = await sendHttp({ method: 'GET', url: `${collection}?filter=${filter}`, headers });
    return 'noAnswer' in answer ? [] : idsIn(answer.text, attribute, value).map((id) => `${collection}/${id}`);
  };

  return {
    async send(outgoing) {
      if (stopped.aborted) return { noAnswer: 'interrupted' };
      const answer = await sendHttp(outgoing);
      const made = creationOf(outgoing, answer);
      if (made) created.push(made);
      return answer;
    },
    async cleanUp() {
      const left: string[] = [];
      for (const one of created.reverse()) {
        for (const url of one.url ? [one.url] : await find(one)) if (!(await isGone(url))) left.push(url);
      }
      return left;
    },
  };

  /** Deletes a resource and verifies that it does not exist any more. */
  async function isGone(url: string): Promise<boolean> {
    await sendHttp({ method: 'DELETE', url, headers });
    const answer = await sendHttp({ method: 'GET', url, headers });
    return !('noAnswer' in answer) && answer.status === 404;
  }
}

/** A POST that was not refused may have created a resource, whatever the response. */
function creationOf({ method, url, body }: Outgoing, answer: Answer | NoAnswer): Created | undefined {
  const refused = !('noAnswer' in answer) && answer.status >= 400 && answer.status < 500;
  const collection = /^(.*\/(?:Users|Groups))$/.exec(url)?.[1];
  if (method !== 'POST' || collection === undefined || refused) return undefined;
  const id = 'noAnswer' in answer ? undefined : textAt(answer.text, 'id');
  const attribute = collection.endsWith('/Users') ? 'userName' : 'displayName';
  const value = textAt(body ?? '', attribute) ?? '';
  return { collection, attribute, value, ...(id ? { url: `${collection}/${encodeURIComponent(id)}` } : {}) };
}

/** Ids of the resources in a list that have our name. An endpoint may ignore filters, and we must not delete other resources. */
function idsIn(text: string, attribute: string, value: string): readonly string[] {
  const { Resources } = parse(text);
  const resources = Array.isArray(Resources) ? Resources.map((resource) => JSON.stringify(resource)) : [];
  return resources
    .filter((json) => textAt(json, attribute)?.toLowerCase() === value.toLowerCase())
    .flatMap((json) => textAt(json, 'id') ?? []);
}

function textAt(json: string, name: string): string | undefined {
  const value = parse(json)[name];
  return typeof value === 'string' ? value : undefined;
}

function parse(json: string): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(json) as unknown;
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
