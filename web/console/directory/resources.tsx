import type { ResourceType } from '../../api/console/call';
import { Select } from '../../ui/form';
import { Panel } from '../../ui/layout';
import { Show } from '../../ui/loaded';
import { changeQuery, useLocation } from '../../ui/location';
import { Empty } from '../../ui/notice';
import { count, plural } from '../../ui/number';
import { Pager } from '../../ui/pager';
import { Search } from '../../ui/search';
import { Table } from '../../ui/table';
import { useConsole } from '../api';
import type { TenantProps } from '../props';
import { CountUsers } from './count-users';
import { Found } from './found';
import { columnsOf, words } from './resource-columns';

const states = [
  { value: '', label: 'All' },
  { value: 'true', label: 'Enabled' },
  { value: 'false', label: 'Disabled' },
] as const;

/** The users or groups of a tenant: page by page, or those that a search finds, with why somebody is missing. */
export function Resources({ tenant, settings, type }: TenantProps & { readonly type: ResourceType }) {
  const { query } = useLocation();
  return (
    <>
      <div class="toolbar">
        <Search
          label={`Find a ${words[type].one}`}
          placeholder={words[type].search}
          value={query.search ?? ''}
          onSearch={(search) => changeQuery({ search, cursor: undefined, trail: undefined, open: undefined })}
        />
        {type === 'User' && !query.search && (
          <Select
            label="State"
            isInline
            choices={states}
            value={states.find(({ value }) => value === query.active)?.value ?? ''}
            onValue={(active) => changeQuery({ active, cursor: undefined, trail: undefined })}
          />
        )}
      </div>
      {query.search ? (
        // The answer depends on whether the tenant is paused, disabled or held.
        <Found key={settings.state} tenant={tenant} type={type} text={query.search} />
      ) : (
        <List tenant={tenant} type={type} />
      )}
    </>
  );
}

function List({ tenant, type }: { readonly tenant: string; readonly type: ResourceType }) {
  const location = useLocation();
  const { cursor, active } = location.query;
  const loaded = useConsole('resources.list', {
    tenant,
    type,
    ...(cursor && { cursor }),
    ...(active && { active: active === 'true' }),
  });
  const { one } = words[type];
  return (
    <Show loaded={loaded} lines={8}>
      {({ resources, total, next }) => (
        <>
          <Panel flush>
            {resources.length > 0 ? (
              <Table caption={`${type}s`} columns={columnsOf(tenant, type)} rows={resources} keyOf={({ id }) => id} />
            ) : (
              <Empty
                title={
                  active ? `No ${one} is ${active === 'true' ? 'enabled' : 'disabled'}` : `There are no ${one}s yet`
                }
              >
                {!active && `The identity provider creates them: assign a ${one} to the application there.`}
              </Empty>
            )}
          </Panel>
          {type === 'User' && total > 0 && <CountUsers tenant={tenant} />}
          <Pager location={location} next={next} shown={`${count(resources.length)} of ${plural(total, one)}`} />
        </>
      )}
    </Show>
  );
}
