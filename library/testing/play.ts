import { checkFlow } from '../../traffic/check-flow';
import type { StepResult } from '../../traffic/exchange';
import type { Flow, Need } from '../../traffic/flow';
import { runFlow } from '../../traffic/run';
import { missingNeeds, type Target } from '../../traffic/target';
import { RefusedError } from '../errors';
import { flowFiles } from './flow-files';

/** The endpoint to which `play` sends the requests of a flow. */
export interface PlayTarget {
  /** A tenant's Base URL. */
  readonly baseUrl: string;
  /** An API token of the tenant, or an access token of a client. */
  readonly token: string;
  /**
   * The tenant's profile: some steps and expectations are for one profile only.
   *
   * @default 'identity-center'
   */
  readonly profile?: string;
  /** Called after each step, before the next one is sent: it may wait for what the application does. */
  readonly onStep?: (step: PlayedStep) => void;
}

/** One step of a flow that was played. */
export interface PlayedStep {
  /** What the identity provider does, such as `create a user`. */
  readonly name: string;
  /** What was sent; absent for a step that compares earlier responses, or could not be sent. It has no token. */
  readonly request?: {
    readonly method: string;
    readonly url: string;
    /** The body, as text. */
    readonly body?: string;
  };
  /** What the endpoint answered; absent if it did not. */
  readonly response?: {
    readonly status: number;
    /** The body, as text; empty if there was none. */
    readonly body: string;
  };
  /** What the identity provider expects and the response does not have; empty if all is well. */
  readonly failures: readonly string[];
}

/** The result of `play`. */
export interface Played {
  /** Every step that was played, in order. */
  readonly steps: readonly PlayedStep[];
  /** Those with failures; empty if all is well. */
  readonly failed: readonly PlayedStep[];
  /** The URLs of the users and groups that the flow created, those included that it deleted again. */
  readonly created: readonly string[];
}

/**
 * The names of the flows that `play` can play, such as `okta/custom-app-users` and `entra/disable-and-delete`.
 *
 * @example
 * import { listFlows } from 'serverless-scim/testing';
 *
 * export const oktaFlows = () => listFlows().filter((name) => name.startsWith('okta/'));
 */
export function listFlows(): readonly string[] {
  return [...flowFiles().keys()];
}

/**
 * Sends what an identity provider really sends, step by step, to an endpoint: to watch how an application reacts to it.
 * The steps of a flow were taken from the documentation and the traffic of the provider; `traffic/README.md` in the
 * repository says which. Users and groups that a flow leaves behind stay.
 *
 * @param flow the name of a flow, one of `listFlows()`
 * @param target where to send it: usually what `startLocal` returned
 * @returns what was sent and answered. A step that fails does not end the flow
 * @throws RefusedError if there is no such flow, it is not for this profile, the tenant has users or groups and the
 *   flow needs one without, or the endpoint refuses the token
 *
 * @example
 * import { play, startLocal } from 'serverless-scim/testing';
 *
 * export async function playOkta() {
 *   const { baseUrl, token, stop } = await startLocal();
 *   const { failed } = await play('okta/custom-app-users', { baseUrl, token });
 *   await stop();
 *   return failed;
 * }
 */
export async function play(flow: string, { onStep = () => {}, ...to }: PlayTarget): Promise<Played> {
  const found = findFlow(flow);
  const target: Target = { profile: 'identity-center', ...to, emptyDirectory: await isEmpty(found, to) };
  const missing = missingNeeds(found, target);
  if (missing.length > 0) {
    throw new RefusedError(missing.map((need) => `The flow ${flow} ${needTexts[need]}`).join(' '));
  }
  if (!found.profiles.includes(target.profile)) {
    throw new RefusedError(
      `The flow ${flow} is for tenants of profile ${found.profiles.join(', ')}, not ${target.profile}.`,
    );
  }
  const { steps, failed, created } = await runFlow(found, target, (step) => onStep(played(step)));
  return { steps: steps.map(played), failed: failed.map(played), created };
}

/** What a flow needs and `play` cannot give it. */
const needTexts: Readonly<Record<Need, string>> = {
  emptyDirectory: 'is for a tenant without users and groups, and this one has some: play it on a new one.',
  otherBaseUrl: 'needs another tenant, which play does not have.',
  otherToken: 'needs a token of another tenant, which play does not have.',
  unknownBaseUrl: 'needs the Base URL of a tenant that does not exist, which play does not have.',
  unknownToken: 'needs a token that was never issued, which play does not have.',
};

/** Whether the tenant has no users and groups, if the flow needs to know. */
async function isEmpty({ needs = [] }: Flow, { baseUrl, token }: PlayTarget): Promise<boolean> {
  if (!needs.includes('emptyDirectory')) return false;
  const headers = { Authorization: `Bearer ${token}` };
  const totals = ['Users', 'Groups'].map(async (path) => {
    const url = `${baseUrl}/${path}?count=0`;
    const response = await fetch(url, { headers }).catch((cause: unknown) => {
      throw new RefusedError(`${url} does not answer: check the Base URL, and that the endpoint runs.`, { cause });
    });
    if (!response.ok) throw new RefusedError(`${url} answered ${response.status}: check the Base URL and the token.`);
    return ((await response.json()) as { totalResults?: number }).totalResults;
  });
  return (await Promise.all(totals)).every((total) => total === 0);
}

function findFlow(name: string) {
  const file = flowFiles().get(name);
  if (file === undefined) throw new RefusedError(`There is no flow "${name}": use one of ${listFlows().join(', ')}.`);
  return checkFlow(file, name);
}

function played({ step, sent, received, failures }: StepResult): PlayedStep {
  return {
    name: step,
    ...(sent ? { request: { method: sent.method, url: sent.url, ...(sent.body ? { body: sent.body } : {}) } } : {}),
    ...(received ? { response: { status: received.status, body: received.text } } : {}),
    failures,
  };
}
