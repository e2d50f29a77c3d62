import type { ComponentChildren } from 'preact';
import type { ActivityDetails, ActivityEntry } from '../../api/console/activity';
import { CopyButton } from '../../ui/copy';
import { Facts } from '../../ui/facts';
import { Show } from '../../ui/loaded';
import { plural } from '../../ui/number';
import { absoluteTime } from '../../ui/time';
import { useConsole } from '../api';
import { tenantPlace } from '../places';

interface Props {
  readonly tenant: string;
  readonly row: ActivityEntry;
}

/** What is known about the request behind a row: cause, who sent it, what it changed, request and answer. */
export function ActivityDetail({ tenant, row }: Props) {
  if (row.request === undefined) return <Facts facts={basics(tenant, row)} />;
  return <OfRequest tenant={tenant} row={row} request={row.request} />;
}

function OfRequest({ tenant, row, request }: Props & { readonly request: string }) {
  const loaded = useConsole('activity.show', { tenant, request });
  return (
    <Show loaded={loaded} lines={3}>
      {({ rows, more, sent, answered, curl, curlNote }) => {
        const details = rows.find(({ id }) => id === row.id) ?? rows[0];
        return (
          <>
            <Facts
              facts={[
                ...basics(tenant, row),
                ...(details ? factsOf(details) : []),
                ['Request id', <code key="id">{request}</code>],
              ]}
            />
            {rows.length > 1 && (
              <p class="hint">
                The request made {more ? 'more than ' : ''}
                {plural(rows.length, 'row')}.
              </p>
            )}
            <Body title="Request" text={sent} />
            <Body title="Answer" text={answered} />
            {!sent && !answered && (
              <p class="hint">
                Bodies are kept only while they are recorded.{' '}
                <a href={tenantPlace(tenant, ['settings'])}>Record them</a>, then have the identity provider try again.
              </p>
            )}
            {curl && <Body title="Send it again" text={curl} note={curlNote} />}
          </>
        );
      }}
    </Show>
  );
}

type Fact = readonly [string, ComponentChildren];

function basics(tenant: string, { time, resource, actor }: ActivityEntry): Fact[] {
  const name = resource?.name ?? resource?.id;
  const tab = resource?.type === 'Group' ? 'groups' : 'users';
  const link = resource?.id ? <a href={tenantPlace(tenant, [tab, resource.id])}>{name}</a> : name;
  return [
    ['When', absoluteTime(Date.parse(time))],
    [
      'By',
      actor === 'operator' ? actor : <a href={tenantPlace(tenant, ['activity'], { credential: actor })}>{actor}</a>,
    ],
    ...(resource && name ? [[resource.type, link] as const] : []),
  ];
}

function factsOf(row: ActivityDetails): Fact[] {
  const facts: readonly (readonly [string, ComponentChildren])[] = [
    ['Cause', row.detail],
    ['Request', row.method && `${row.method} ${row.path ?? ''}`],
    ['SCIM type', row.scimType && <code>{row.scimType}</code>],
    ['Changed', row.changed?.join(', ')],
    ['Identity', row.identity],
    ['Address', row.address],
    ['User agent', row.agent],
    ['Took', row.milliseconds !== undefined && `${row.milliseconds} ms`],
  ];
  return facts.filter(([, value]) => value !== undefined && value !== false && value !== '');
}

function Body({
  title,
  text,
  note,
}: {
  readonly title: string;
  readonly text: string | undefined;
  readonly note?: string | undefined;
}) {
  if (!text) return null;
  return (
    <div class="body">
      <div class="body-header">
        <strong>{title}</strong>
        <CopyButton text={text} what={title} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard. */}
      <pre tabIndex={0}>{text}</pre>
      {note && <p class="hint">{note}</p>}
    </div>
  );
}
