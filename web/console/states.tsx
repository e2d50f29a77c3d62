import type { CredentialState, Invitation } from '../api/console/credentials';
import type { Profile, TenantState } from '../api/console/tenants';
import { Badge, type Tone } from '../ui/badge';

const tenantStates: Readonly<Record<TenantState, readonly [Tone, string]>> = {
  enabled: ['good', 'Enabled'],
  held: ['warning', 'Brake holds changes'],
  paused: ['warning', 'Paused'],
  disabled: ['bad', 'Disabled'],
};

/** The state of a tenant. */
export function TenantBadge({ state }: { readonly state: TenantState }) {
  const [tone, text] = tenantStates[state];
  return <Badge tone={tone}>{text}</Badge>;
}

const credentialStates: Readonly<Record<CredentialState, readonly [Tone, string]>> = {
  live: ['good', 'Live'],
  disabled: ['neutral', 'Disabled'],
  expired: ['bad', 'Expired'],
  incomplete: ['warning', 'Incomplete'],
};

/** The state of a token or client. */
export function CredentialBadge({ state }: { readonly state: CredentialState }) {
  const [tone, text] = credentialStates[state];
  return <Badge tone={tone}>{text}</Badge>;
}

const invitationStates: Readonly<Record<Invitation['state'], readonly [Tone, string]>> = {
  open: ['accent', 'Not opened yet'],
  used: ['good', 'In use'],
  expired: ['neutral', 'Expired'],
  revoked: ['neutral', 'Revoked'],
  locked: ['bad', 'Locked: five wrong PINs'],
};

/** The state of an invitation. */
export function InvitationBadge({ state }: { readonly state: Invitation['state'] }) {
  const [tone, text] = invitationStates[state];
  return <Badge tone={tone}>{text}</Badge>;
}

/** Whether a user is enabled. */
export function ActiveBadge({ active }: { readonly active: boolean }) {
  return active ? <Badge tone="good">Enabled</Badge> : <Badge>Disabled</Badge>;
}

/** The names of the profiles. */
export const profileNames: Readonly<Record<Profile, string>> = {
  'identity-center': 'Identity Center',
  standard: 'Standard',
  'aws-scim-clients': 'AWS SCIM clients',
};

/** When something ends, with a warning in its last 30 days. */
export function expiryTone(days: number): Tone | undefined {
  if (days < 0) return 'bad';
  return days <= 30 ? 'warning' : undefined;
}
