import type { Overview as Facts, FailureKind } from '../../api/console/tenants';
import { Badge } from '../../ui/badge';
import { CopyField } from '../../ui/copy';
import { Figure } from '../../ui/facts';
import { Panel, Section } from '../../ui/layout';
import { Show } from '../../ui/loaded';
import { navigate } from '../../ui/location';
import { Moment } from '../../ui/moment';
import { Empty, Notice, Remedy } from '../../ui/notice';
import { count, plural } from '../../ui/number';
import { Search } from '../../ui/search';
import { daysUntil } from '../../ui/time';
import { useConsole } from '../api';
import { tenantPlace } from '../places';
import type { TenantProps } from '../props';
import { expiryTone } from '../states';

/** How a tenant is: what needs attention, what its identity provider needs to know, and a search for one person. */
export function Overview({ tenant }: TenantProps) {
  const loaded = useConsole('tenant.overview', { tenant }, { every: 10_000 });
  return (
    <>
      <FindPerson tenant={tenant} />
      <Show loaded={loaded} lines={8}>
        {(overview) => (
          <>
            <Figures tenant={tenant} overview={overview} />
            <Attention overview={overview} />
            <Section title="Connection">
              <Panel>
                <CopyField
                  name="SCIM endpoint"
                  value={overview.baseUrl}
                  hint="Also called Base URL or Tenant URL. The identity provider asks for it together with an access token."
                />
              </Panel>
            </Section>
            <Failures tenant={tenant} failures={overview.failures} />
          </>
        )}
      </Show>
    </>
  );
}

function FindPerson({ tenant }: { readonly tenant: string }) {
  return (
    <div class="find-person">
      <h2>Is somebody missing?</h2>
      <Search
        label="Find a person"
        placeholder="Name, email or externalId"
        value=""
        wait={false}
        onSearch={(search) => search && navigate(tenantPlace(tenant, ['users'], { search }))}
      />
    </div>
  );
}

function Figures({ tenant, overview }: { readonly tenant: string; readonly overview: Facts }) {
  const { users, groups, failures, credentials, lastSuccess } = overview;
  const failed = failures.reduce((sum, kind) => sum + kind.count, 0);
  const days = credentials.nextExpiry ? daysUntil(Date.parse(credentials.nextExpiry), Date.now()) : undefined;
  const tone = days === undefined ? undefined : expiryTone(days);
  return (
    <div class="figures">
      <Figure name="Users" value={count(users)} href={tenantPlace(tenant, ['users'])} />
      <Figure name="Groups" value={count(groups)} href={tenantPlace(tenant, ['groups'])} />
      <Figure
        name="Failures, 24 h"
        value={count(failed)}
        tone={failed > 0 ? 'bad' : undefined}
        href={tenantPlace(tenant, ['activity'], { failed: 'true' })}
      />
      <Figure
        name="Last success"
        value={lastSuccess ? <Moment at={lastSuccess.time} /> : 'Never'}
        href={tenantPlace(tenant, ['activity'])}
      />
      <Figure
        name="Next credential ends"
        value={days === undefined ? '–' : plural(days, 'day')}
        tone={tone === 'bad' || tone === 'warning' ? tone : undefined}
        href={tenantPlace(tenant, ['credentials'])}
      />
    </div>
  );
}

function Attention({ overview: { attention, lastSuccess, failures } }: { readonly overview: Facts }) {
  const works =
    failures.length > 0
      ? 'Nothing: provisioning works, but some requests were refused, as below.'
      : 'Nothing: provisioning works.';
  return (
    <Section title="What needs attention">
      {attention.map(({ sentence, remedy }) => (
        <Notice key={sentence} tone="warning" title={sentence}>
          {remedy && <Remedy remedy={remedy} />}
        </Notice>
      ))}
      {attention.length === 0 && (
        <Notice tone={lastSuccess && failures.length === 0 ? 'good' : 'neutral'}>
          {lastSuccess ? works : 'Nothing. No request of the identity provider has succeeded yet.'}
        </Notice>
      )}
    </Section>
  );
}

function Failures({ tenant, failures }: { readonly tenant: string; readonly failures: readonly FailureKind[] }) {
  return (
    <Section title="Failures of the last 24 hours">
      <Panel flush>
        {failures.length === 0 && <Empty title="None" />}
        <ul class="rows">
          {failures.map(({ count: times, status, last }) => (
            <li key={last.id} class="row">
              <Badge tone="bad">{status}</Badge>
              <div class="row-main">
                <a href={tenantPlace(tenant, ['activity'], { failed: 'true', open: last.id })}>{last.sentence}</a>
                {last.remedy && (
                  <p class="hint">
                    <Remedy remedy={last.remedy} />
                  </p>
                )}
              </div>
              <span class="row-aside">
                {plural(times, 'time')}, last <Moment at={last.time} />
              </span>
            </li>
          ))}
        </ul>
      </Panel>
    </Section>
  );
}
