import entra from '../../guides/entra.json';
import google from '../../guides/google.json';
import type { Guide, GuideField, GuideStep } from '../../guides/guide';
import jumpcloud from '../../guides/jumpcloud.json';
import okta from '../../guides/okta.json';
import onelogin from '../../guides/onelogin.json';
import other from '../../guides/other.json';
import ping from '../../guides/ping.json';
import type { MadeCredential, ProviderId, Setup } from '../api/portal';

/** The guides in the order in which they are offered. */
export const guides = [okta, entra, onelogin, jumpcloud, ping, google, other] as readonly Guide[];

/** The guide of an identity provider. */
export const guideOf = (provider: ProviderId) => guides.find(({ id }) => id === provider);

/** What the provider is called within a sentence. */
export const nameOf = (guide: Guide) => (guide.id === 'other' ? 'your identity provider' : guide.name);

/** The option that was chosen for the guide's question, if it was. */
export function optionOf({ id, choice }: Guide, { answers = {} }: Setup): string | undefined {
  return choice?.options.find((option) => option.id === answers[id])?.id;
}

/** The steps of a guide for an option: none as long as its question has no answer. */
export function stepsOf(guide: Guide, option: string | undefined): readonly GuideStep[] {
  if (guide.choice && option === undefined) return [];
  return guide.steps.filter((step) => !step.for || (option !== undefined && step.for.includes(option)));
}

/** Which kind of credential the fields of a step ask for, if they ask for one. */
export function credentialKind(fields: readonly GuideField[]): MadeCredential['kind'] | undefined {
  const asksFor = (value: string) => fields.some(({ paste }) => paste === value);
  if (asksFor('{clientSecret}')) return 'client';
  return asksFor('{token}') ? 'token' : undefined;
}

/** The name under which a step is noted as done. */
export const doneId = (guide: Guide, step: { readonly id: string }) => `${guide.id}/${step.id}`;
