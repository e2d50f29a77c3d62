import { Select } from '../../ui/form';
import { Panel } from '../../ui/layout';
import { Show } from '../../ui/loaded';
import { changeQuery, useLocation } from '../../ui/location';
import { Empty } from '../../ui/notice';
import { count } from '../../ui/number';
import { useConsole } from '../api';
import type { TenantProps } from '../props';
import { DeletedTable } from './deleted-table';

const types = [
  { value: '', label: 'Users and groups' },
  { value: 'User', label: 'Users' },
  { value: 'Group', label: 'Groups' },
] as const;

/** The users and groups that were deleted and are still kept. */
export function Deleted({ tenant }: TenantProps) {
  const { query } = useLocation();
  const type = types.find(({ value }) => value === query.type)?.value ?? '';
  const loaded = useConsole('deleted.list', { tenant, ...(type && { type }) }, { every: 10_000 });
  return (
    <>
      <div class="toolbar">
        <Select label="Show" isInline choices={types} value={type} onValue={(value) => changeQuery({ type: value })} />
        <span class="hint">A restored user comes back with its id, attributes and groups.</span>
      </div>
      <Show loaded={loaded} lines={6}>
        {({ deleted, total }) =>
          deleted.length === 0 ? (
            <Panel flush>
              <Empty title="Nothing is deleted">What the identity provider deletes is kept here for some time.</Empty>
            </Panel>
          ) : (
            <>
              <DeletedTable tenant={tenant} rows={deleted} onRestored={loaded.reload} />
              {total > deleted.length && (
                <p class="hint">
                  These are the last {count(deleted.length)} of {count(total)}. Find an older one by its name on the
                  screen Users or Groups.
                </p>
              )}
            </>
          )
        }
      </Show>
    </>
  );
}
