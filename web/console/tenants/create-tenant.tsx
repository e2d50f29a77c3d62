import { useState } from 'preact/hooks';
import type { ConsoleApi } from '../../api/console';
import type { Profile, ProfileChoice } from '../../api/console/tenants';
import { Button, LinkButton } from '../../ui/button';
import { RadioCards, TextField } from '../../ui/form';
import { Panel, Screen } from '../../ui/layout';
import { ErrorNotice, Notes } from '../../ui/notice';
import { hrefTo } from '../../ui/router';
import { SecretOnce } from '../../ui/secret';
import { dateOf } from '../../ui/time';
import { useAction } from '../../ui/use-call';
import { call, useSession } from '../api';
import { tenantPlace } from '../places';
import { profileNames } from '../states';

type Created = ConsoleApi['tenants.create']['out'];

const back = { href: hrefTo([]), label: 'Tenants' };

/** Creates a tenant with its first token, and shows what the identity provider needs. */
export function CreateTenant() {
  const [created, setCreated] = useState<Created>();
  return created ? <Connect created={created} /> : <Form onCreated={setCreated} />;
}

function Form({ onCreated }: { readonly onCreated: (created: Created) => void }) {
  const { profiles } = useSession();
  const [label, setLabel] = useState('');
  const [profile, setProfile] = useState<Profile>(profiles[0]?.name ?? 'identity-center');
  const creating = useAction(async () => onCreated(await call('tenants.create', { label: label.trim(), profile })));
  return (
    <Screen
      title="Create tenant"
      of="serverless-scim"
      back={back}
      lead="A tenant is one customer’s directory, with its own Base URL, users, groups and credentials."
    >
      <Panel>
        <form
          class="stack"
          onSubmit={(event) => {
            event.preventDefault();
            creating.run();
          }}
        >
          <TextField
            label="Label"
            hint="The name of the customer: letters, digits, dots, hyphens and underscores, such as acme. You can change it later."
            value={label}
            onValue={setLabel}
            required
            maxLength={64}
          />
          <RadioCards
            legend="Profile: the rules that the tenant follows. It cannot be changed later."
            choices={profiles.map(explain)}
            value={profile}
            onValue={setProfile}
          />
          {creating.error && <ErrorNotice error={creating.error} />}
          <div class="form-actions">
            <Button kind="primary" type="submit" busy={creating.running}>
              Create tenant
            </Button>
            <LinkButton href={hrefTo([])}>Cancel</LinkButton>
          </div>
        </form>
      </Panel>
    </Screen>
  );
}

function explain({ name, what, choose, rules }: ProfileChoice) {
  return {
    value: name,
    label: profileNames[name],
    description: (
      <>
        {what} {choose}
        <ul class="rules">
          {rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      </>
    ),
  };
}

function Connect({ created: { tenant, token, notes } }: { readonly created: Created }) {
  return (
    <Screen
      title={`${tenant.label} is ready to connect`}
      of="serverless-scim"
      back={back}
      lead="Enter these two values in the identity provider of the customer, or invite its administrator, who then makes a token that nobody else sees."
    >
      <Panel>
        <SecretOnce
          fields={[
            { name: 'SCIM endpoint', value: tenant.baseUrl, hint: 'Also called Base URL or Tenant URL.' },
            {
              name: 'Access token',
              value: token.token,
              hint: `Also called API token or Secret token. It ends on ${dateOf(Date.parse(token.expires))}.`,
            },
          ]}
        />
        <Notes notes={notes} />
        <div class="form-actions">
          <LinkButton kind="primary" href={tenantPlace(tenant.id)}>
            Open {tenant.label}
          </LinkButton>
          <LinkButton href={tenantPlace(tenant.id, ['credentials'], { dialog: 'invite' })}>
            Invite the administrator
          </LinkButton>
        </div>
      </Panel>
    </Screen>
  );
}
