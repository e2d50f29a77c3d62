import type { ActivityEntry } from '../../api/console/activity';
import { Badge, type Tone } from '../../ui/badge';
import { Icon } from '../../ui/icon';
import { changeQuery, useLocation } from '../../ui/location';
import { Moment } from '../../ui/moment';
import { Remedy } from '../../ui/notice';
import { ActivityDetail } from './activity-detail';

interface Props {
  readonly tenant: string;
  /** The newest first. */
  readonly rows: readonly ActivityEntry[];
}

/** Rows of activity, of which one can be open; the address says which. */
export function ActivityRows({ tenant, rows }: Props) {
  const { query } = useLocation();
  return (
    <ul class="rows">
      {rows.map((row) => (
        <ActivityItem key={row.id} tenant={tenant} row={row} isOpen={query.open === row.id} />
      ))}
    </ul>
  );
}

interface ItemProps {
  readonly tenant: string;
  readonly row: ActivityEntry;
  readonly isOpen: boolean;
}

function ActivityItem({ tenant, row, isOpen }: ItemProps) {
  const { id, time, sentence, actor, remedy } = row;
  const detail = `detail-${id}`;
  return (
    <li class={isOpen ? 'event event-open' : 'event'}>
      <button
        type="button"
        class="event-row"
        aria-expanded={isOpen}
        aria-controls={isOpen ? detail : undefined}
        onClick={() => changeQuery({ open: isOpen ? undefined : id })}
      >
        <span class="event-status">
          <Status row={row} />
        </span>
        <span class="event-text">
          <span class="event-sentence">{sentence}</span>
          <span class="event-meta">
            {actor} · <Moment at={time} />
          </span>
        </span>
        <Icon name="chevron" />
      </button>
      {isOpen && (
        <div class="event-detail" id={detail}>
          {remedy && (
            <p class="event-remedy">
              <strong>What to do:</strong> <Remedy remedy={remedy} />
            </p>
          )}
          <ActivityDetail tenant={tenant} row={row} />
        </div>
      )}
    </li>
  );
}

const kinds: Readonly<Record<ActivityEntry['kind'], readonly [Tone, string]>> = {
  change: ['good', 'Change'],
  read: ['neutral', 'Read'],
  action: ['accent', 'Operator'],
  failure: ['bad', 'Failed'],
  bodies: ['neutral', 'Bodies'],
};

function Status({ row: { kind, status } }: { readonly row: ActivityEntry }) {
  const [tone, text] = kinds[kind];
  return <Badge tone={tone}>{status ?? text}</Badge>;
}
