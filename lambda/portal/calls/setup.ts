import { readPortalSetup, savePortalSetup } from '../../../operator/store/portal-setup';
import type { ProviderId, Setup } from '../../../web/api/portal';
import { isArray, isObject, type Json, type JsonObject } from '../../scim/json';
import type { Tables } from '../../store/tables';
import type { SessionContext } from '../context';
import { malformed } from '../error';
import { optionalTextIn, wordIn } from '../read-call';

const providers: readonly ProviderId[] = ['okta', 'entra', 'onelogin', 'jumpcloud', 'ping', 'google', 'other'];

/** How much is kept. */
const most = { answers: 20, name: 40, answer: 200, done: 100, step: 80, notes: 2_000 };

/** What the administrator of a tenant has chosen. */
export async function setupOf(tables: Tables, tenantId: string): Promise<Setup> {
  const { choices } = await readPortalSetup(tables, tenantId);
  return choices === undefined ? {} : (JSON.parse(choices) as Setup);
}

/** `setup.save` */
export async function saveSetup({ services, current, input }: SessionContext): Promise<Setup> {
  const setup = readSetup(input);
  await savePortalSetup(services.deployment.tables, current.session.tenantId, { choices: JSON.stringify(setup) });
  return setup;
}

/** @throws PortalError 400 */
function readSetup(input: JsonObject): Setup {
  const notes = optionalTextIn(input, 'notes', most.notes);
  const { provider, answers, done } = input;
  return {
    ...(provider !== undefined && { provider: wordIn(input, 'provider', providers) }),
    ...(answers !== undefined && { answers: readAnswers(answers) }),
    ...(done !== undefined && { done: readDone(done) }),
    ...(notes !== undefined && { notes }),
  };
}

function readAnswers(answers: Json): Readonly<Record<string, string>> {
  const entries = isObject(answers) ? Object.entries(answers) : undefined;
  const fits = entries?.every(
    ([name, answer]) => name.length <= most.name && typeof answer === 'string' && answer.length <= most.answer,
  );
  if (!entries || !fits || entries.length > most.answers) throw malformed('answers are not a few short texts.');
  return Object.fromEntries(entries) as Readonly<Record<string, string>>;
}

function readDone(done: Json): readonly string[] {
  const fits =
    isArray(done) &&
    done.length <= most.done &&
    done.every((step) => typeof step === 'string' && step.length <= most.step);
  if (!fits) throw malformed('done is not a list of steps.');
  return done as readonly string[];
}
