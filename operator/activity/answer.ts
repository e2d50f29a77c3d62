import { type Remedy as Advice, remedyOf } from '../../lambda/activity/remedy';
import type { ActivityRow } from '../../lambda/activity/row';
import type { ResourceType } from '../../lambda/directory/resource-types';
import type { StoredResource } from '../../lambda/directory/store';
import { fold } from '../../lambda/scim/text/fold';
import type { Tenant } from '../../lambda/tenants/tenant';
import type { DeletedResource } from '../directory/deleted';
import { nameOf } from '../directory/identity';
import type { SimilarResources } from '../directory/search';
import type { Remedy } from '../error';
import { localTime } from '../local-time';
import type { Standing } from '../tenants/brake';

/** Why a user or group is in the directory, or is not. */
export interface Answer {
  /**
   * `present`: it is there; `disabled`: it is there, disabled; `refused`: its creation failed; `deleted`: it was deleted
   * and is kept; `gone`: it was there once and is not kept; `similar`: only others with similar names are there;
   * `unknown`: nothing that was looked at names it.
   */
  readonly code: 'present' | 'disabled' | 'refused' | 'deleted' | 'gone' | 'similar' | 'unknown';
  /** Sentences: what is the case, since when, and why. Times are those where the program runs. */
  readonly message: string;
  /** What fixes it, if an operation of ours does. */
  readonly remedy?: Remedy;
  /** What to do otherwise, and where the documentation says more. */
  readonly advice?: Partial<Advice>;
}

/** How many similar names an answer names. */
const namedSimilar = 3;

/** What was found. */
export interface Findings {
  readonly tenant: Pick<Tenant, 'label' | 'state'>;
  readonly type: ResourceType;
  readonly text: string;
  readonly now: Standing;
  readonly found: readonly StoredResource[];
  readonly similar: SimilarResources;
  /** The newest first. */
  readonly failures: readonly ActivityRow[];
  /** The last deleted first. */
  readonly deleted: readonly DeletedResource[];
  /** Its last change, if it is neither there nor kept. */
  readonly change?: ActivityRow;
}

/** Answers from what was found: the first that applies. */
export function answerOf(findings: Findings): Answer {
  const { found, failures, deleted, change, similar } = findings;
  const [one] = found;
  const refused = failures.find((row) => row.template === 'createFailed' && !isThere(findings, row));
  const [last] = deleted;
  if (one) return presentOf(findings, one);
  if (refused && (!last || refused.time > last.deleted)) return refusedOf(findings, refused);
  if (last) return deletedOf(findings, last);
  if (change) return goneOf(findings, change);
  return similar.found.length > 0 ? similarOf(findings) : unknownOf(findings);
}

/** Whether one with the name of a refused creation is there by now. */
function isThere({ type, similar }: Findings, { personal }: ActivityRow): boolean {
  const name = fold(personal?.name ?? '');
  return similar.found.some(({ resource }) => fold(nameOf(type.name, resource) ?? '') === name);
}

function presentOf({ type, failures }: Findings, { id, resource, modified, by }: StoredResource): Answer {
  const disabled = type.name === 'User' && resource.active === false;
  const who = by?.operator ? ' by an operator' : '';
  const state = disabled ? 'is here, but disabled' : 'is here';
  const message = `${nameOf(type.name, resource) ?? id} ${state}; last changed on ${localTime(modified)}${who}.`;
  const failure = failures.find((row) => row.resource?.id === id && row.time > modified);
  if (failure)
    return {
      code: disabled ? 'disabled' : 'present',
      ...withFailure(`${message} A request after that failed`, failure),
    };
  if (!disabled) return { code: 'present', message };
  return {
    code: 'disabled',
    message,
    advice: {
      do: 'Assign the user to the application in the identity provider again. If it was disabled here, open it and enable it.',
    },
  };
}

function refusedOf({ type, failures }: Findings, row: ActivityRow): Answer {
  const name = row.personal?.name;
  const same = failures.filter((each) => each.template === 'createFailed' && each.personal?.name === name);
  const times = same.length === 1 ? 'once' : `${same.length} times`;
  const message = `The identity provider tried ${times} to create the ${type.name.toLowerCase()} ${name ?? '(erased)'}, and was refused`;
  return { code: 'refused', ...withFailure(message, row) };
}

/** A message that ends with the cause of a failure, and what to do about it. */
function withFailure(
  message: string,
  { status, time, personal, remedy }: ActivityRow,
): Pick<Answer, 'message' | 'advice'> {
  const cause = personal?.detail?.replace(/\.$/, '') ?? 'the cause was erased';
  return {
    message: `${message}, last on ${localTime(time)} with ${status ?? 'an error'}: ${cause}.`,
    ...(remedy && { advice: remedyOf(remedy) }),
  };
}

function deletedOf(
  { tenant, type }: Findings,
  { id, name, deleted, by, restorable, keptUntil, thereNow }: DeletedResource,
): Answer {
  const again = thereNow.length > 0 ? ' It seems to be here again, with another id.' : '';
  const kept = restorable ? ` It is kept until ${localTime(keptUntil)}.` : '';
  return {
    code: 'deleted',
    message: `${type.name} ${name ?? id} was deleted on ${localTime(deleted)} by ${by}.${kept}${again}`,
    remedy: { operation: 'list deleted', values: { tenant: tenant.label } },
  };
}

function goneOf({ type, text }: Findings, { template, time }: ActivityRow): Answer {
  const what = template === 'deleted' ? 'was deleted' : 'was last changed under this name';
  return {
    code: 'gone',
    message: `${type.name} ${text} ${what} on ${localTime(time)}, and is not kept.`,
    advice: { do: 'Assign it to the application in the identity provider again, which creates it again.' },
  };
}

function similarOf({ type, similar }: Findings): Answer {
  const names = similar.found.map(({ id, resource }) => nameOf(type.name, resource) ?? id);
  const more = names.length > namedSimilar ? ` and ${names.length - namedSimilar} more` : '';
  const message =
    `No ${type.name.toLowerCase()} has exactly this name, email or externalId. ` +
    `Similar: ${names.slice(0, namedSimilar).join(', ')}${more}.`;
  return { code: 'similar', message };
}

function unknownOf({ tenant, type, text, now }: Findings): Answer {
  const nothing = `Nothing that is kept names ${JSON.stringify(text)}: no ${type.name.toLowerCase()}, no refused request, no deletion.`;
  const values = { tenant: tenant.label };
  if (tenant.state === 'disabled') {
    return {
      code: 'unknown',
      message: `${nothing} The tenant is disabled, so that no request comes through.`,
      remedy: { operation: 'enable tenant', values },
    };
  }
  if (now.paused !== undefined) {
    return {
      code: 'unknown',
      message: `${nothing} The tenant is paused since ${localTime(now.paused)}, so that no request comes through.`,
      remedy: { operation: 'resume tenant', values },
    };
  }
  return {
    code: 'unknown',
    message: `${nothing} The identity provider has probably not sent it.`,
    advice: {
      do:
        'Check the spelling. In the identity provider, see whether the application is assigned to it and when it last ' +
        'provisioned; if no request of any kind comes, see whether its credential is refused.',
      docs: 'docs/activity.md#is-it-only-anna',
    },
  };
}
