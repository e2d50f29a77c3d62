import { setTimeout as sleep } from 'node:timers/promises';
import { holds, type Target, type Until } from './directory';

/** A step: what the owner does in the identity provider, and what must be in the directory then. */
export interface Step {
  readonly do: string;
  readonly until: Until;
}

/** What one step showed. */
export interface StepResult extends Step {
  readonly verdict: 'seen' | 'not seen';
  /** Seconds from the owner's word that it is done until it was seen. */
  readonly seconds: number;
}

/** What is kept of a run. It has no names, tokens or addresses. */
export interface Evidence {
  readonly provider: string;
  /** Version of serverless-scim. */
  readonly version: string;
  readonly started: string;
  readonly ended: string;
  readonly passed: boolean;
  readonly steps: readonly StepResult[];
}

/** How a run talks to its owner, and how long it waits. */
export interface Session {
  /** Asks for something to be done; resolves when the owner says that it is. */
  ask(what: string): Promise<void>;
  say(line: string): void;
  readonly waitSeconds: number;
  readonly pauseSeconds: number;
}

/**
 * Asks the owner of an identity provider for one change after another and watches the directory for each. It sends
 * nothing but searches: all that changes comes from the identity provider. Ends at the first step that is not seen.
 */
export async function verify(
  provider: { readonly name: string; readonly version: string },
  steps: readonly Step[],
  target: Target,
  session: Session,
): Promise<Evidence> {
  const started = new Date().toISOString();
  const results: StepResult[] = [];
  for (const step of steps) {
    if (await holds(target, step.until)) {
      throw new Error(
        `Before "${step.do}" its effect is there already: use a user and a group that are new to this tenant.`,
      );
    }
    await session.ask(step.do);
    const result = await watch(step, target, session);
    session.say(`${result.verdict}, after ${result.seconds} s`);
    results.push(result);
    if (result.verdict !== 'seen') break;
  }
  const passed = results.length === steps.length && results.every(({ verdict }) => verdict === 'seen');
  return {
    provider: provider.name,
    version: provider.version,
    started,
    ended: new Date().toISOString(),
    passed,
    steps: results,
  };
}

async function watch(step: Step, target: Target, { waitSeconds, pauseSeconds }: Session): Promise<StepResult> {
  const begun = Date.now();
  const seconds = () => Math.round((Date.now() - begun) / 1000);
  do {
    if (await holds(target, step.until)) return { ...step, verdict: 'seen', seconds: seconds() };
    await sleep(pauseSeconds * 1000);
  } while (seconds() < waitSeconds);
  return { ...step, verdict: 'not seen', seconds: seconds() };
}
