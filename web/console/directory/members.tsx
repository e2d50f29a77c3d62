import { useState } from 'preact/hooks';
import { Badge } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Panel, Section } from '../../ui/layout';
import { Show } from '../../ui/loaded';
import { changeQuery, useLocation } from '../../ui/location';
import { Empty } from '../../ui/notice';
import { plural } from '../../ui/number';
import { useConsole } from '../api';
import { tenantPlace } from '../places';

/** The members of a group, page by page. */
export function Members({ tenant, group }: { readonly tenant: string; readonly group: string }) {
  const { query } = useLocation();
  const [before, setBefore] = useState<readonly string[]>([]);
  const { cursor } = query;
  const loaded = useConsole('groups.members', { tenant, id: group, ...(cursor && { cursor }) });
  const go = (to: string | undefined, trail: readonly string[]) => {
    setBefore(trail);
    changeQuery({ cursor: to });
  };
  return (
    <Section title="Members">
      <Show loaded={loaded}>
        {({ members, total, next }) => (
          <>
            <Panel flush>
              {members.length === 0 && <Empty title="The group has no members" />}
              <ul class="rows">
                {members.map(({ id, type, name }) => (
                  <li key={id} class="row">
                    <a href={tenantPlace(tenant, [type === 'User' ? 'users' : 'groups', id])}>{name}</a>
                    {type === 'Group' && <Badge>Group</Badge>}
                  </li>
                ))}
              </ul>
            </Panel>
            <div class="pager">
              <span class="pager-shown">{plural(total, 'member')}</span>
              {cursor && <Button onClick={() => go(before.at(-1), before.slice(0, -1))}>Previous</Button>}
              {next && <Button onClick={() => go(next, cursor ? [...before, cursor] : before)}>Next</Button>}
            </div>
          </>
        )}
      </Show>
    </Section>
  );
}
