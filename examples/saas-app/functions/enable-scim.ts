import { openTenants } from 'serverless-scim/tenants';

const tenants = openTenants({ actor: 'Enable SCIM button' });

/** Take the customer from the session of the administrator who presses the button, never from what they send. */
export interface EnableScimRequest {
  /** The customer as your application names it in addresses, such as `acme`: the label of its tenant. */
  readonly customer: string;
}

/** The back end of an "Enable SCIM" button: a link for the customer's administrator. It can be pressed again. */
export async function handler({ customer }: EnableScimRequest) {
  const tenantId = await tenantOf(customer);
  const { url, pin, expires } = await tenants.invitations.create(tenantId);
  return { tenantId, setupLink: url, pin, expires };
}

/** The tenant of a customer, which is created when it is needed first. */
async function tenantOf(customer: string): Promise<string> {
  const known = await tenants.findByLabel(customer);
  if (known) return known.tenantId;
  const { tenantId, token } = await tenants.create({ label: customer });
  // The administrator makes a credential on the page behind the link: nobody needs this one.
  await tenants.tokens.revoke(tenantId, token.tokenId);
  return tenantId;
}
