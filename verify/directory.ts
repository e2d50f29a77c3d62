/** What a step waits for. */
export type Until =
  | { readonly user: 'present' | 'renamed' | 'inactive' | 'active' }
  | { readonly group: 'has user' | 'lacks user' };

/** What a run is about: a tenant of the endpoint, and the objects that the identity provider provisions. */
export interface Target {
  readonly baseUrl: string;
  readonly token: string;
  readonly userName: string;
  readonly groupName: string;
}

interface Resource {
  readonly id: string;
  readonly active?: boolean;
  readonly name?: { readonly givenName?: string };
  readonly members?: readonly { readonly value: string }[];
}

/** Whether the directory is as a step wants it. @throws Error if the endpoint does not answer with a list */
export async function holds(target: Target, until: Until): Promise<boolean> {
  const user = await find(target, 'Users', `userName eq ${JSON.stringify(target.userName)}`);
  if (!user) return false;
  if ('user' in until) return userIs(user, until.user);
  const group = await find(target, 'Groups', `displayName eq ${JSON.stringify(target.groupName)}`);
  const has = group?.members?.some(({ value }) => value === user.id) ?? false;
  return group !== undefined && has === (until.group === 'has user');
}

function userIs({ active, name }: Resource, wanted: 'present' | 'renamed' | 'inactive' | 'active'): boolean {
  if (wanted === 'present') return true;
  if (wanted === 'renamed') return name?.givenName === 'Verified';
  return active === (wanted === 'active');
}

async function find({ baseUrl, token }: Target, path: string, filter: string): Promise<Resource | undefined> {
  const response = await fetch(`${baseUrl}/${path}?filter=${encodeURIComponent(filter)}`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  if (!response.ok)
    throw new Error(`GET /${path} returned ${response.status}: ${(await response.text()).slice(0, 300)}`);
  const { Resources = [] } = (await response.json()) as { readonly Resources?: readonly Resource[] };
  return Resources[0];
}
