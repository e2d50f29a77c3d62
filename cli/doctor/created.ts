import type { Answer, NoAnswer, Outgoing, Send } from '../../traffic/send';
import { sendHttp } from '../../traffic/send';

/** What the doctor may have created: where it is, if the endpoint said so, or by which name to find it. */
interface Created {
  readonly collection: string;
  readonly url?: string;
  readonly attribute: string;
  readonly value: string;
}

/** Sends requests and keeps account of what they create. */
export interface Accounting {
  readonly send: Send;
  /** Deletes all that was created, newest first. Gives what is still there, or may be. */
  cleanUp(): Promise<readonly string[]>;
}

/** Keeps account of what is created until `stopped`; from then on nothing more is sent but for cleaning up. */
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

  /** Deletes, and looks whether that was done. */
  async function isGone(url: string): Promise<boolean> {
    await sendHttp({ method: 'DELETE', url, headers });
    const answer = await sendHttp({ method: 'GET', url, headers });
    return !('noAnswer' in answer) && answer.status === 404;
  }
}

/** A POST that was not refused may have created something, whatever it was answered with. */
function creationOf({ method, url, body }: Outgoing, answer: Answer | NoAnswer): Created | undefined {
  const refused = !('noAnswer' in answer) && answer.status >= 400 && answer.status < 500;
  const collection = /^(.*\/(?:Users|Groups))$/.exec(url)?.[1];
  if (method !== 'POST' || collection === undefined || refused) return undefined;
  const id = 'noAnswer' in answer ? undefined : textAt(answer.text, 'id');
  const attribute = collection.endsWith('/Users') ? 'userName' : 'displayName';
  const value = textAt(body ?? '', attribute) ?? '';
  return { collection, attribute, value, ...(id ? { url: `${collection}/${encodeURIComponent(id)}` } : {}) };
}

/** Ids of the resources in a list that have our name. An endpoint may ignore filters: others' are not ours to delete. */
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
