import type { ResourceType } from '../../api/console/call';
import type { Answer, FoundResources } from '../../api/console/directory';
import type { Tone } from '../../ui/badge';
import { Panel, Section } from '../../ui/layout';
import { Show } from '../../ui/loaded';
import { Notice, Remedy } from '../../ui/notice';
import { Table } from '../../ui/table';
import { ActivityRows } from '../activity/activity-rows';
import { useConsole } from '../api';
import { DeletedTable } from './deleted-table';
import { columnsOf } from './resource-columns';

const tones: Readonly<Record<Answer['code'], Tone>> = {
  present: 'good',
  disabled: 'warning',
  refused: 'bad',
  deleted: 'warning',
  gone: 'warning',
  similar: 'neutral',
  unknown: 'neutral',
};

/** One who is here, but whose last change was refused, is not well. */
const toneOf = ({ code, remedy }: Answer): Tone => (code === 'present' && remedy ? 'warning' : tones[code]);

interface Props {
  readonly tenant: string;
  readonly type: ResourceType;
  readonly text: string;
}

/** What a search found: the answer to "why is Anna missing?" first, then who and what it rests on. */
export function Found({ tenant, type, text }: Props) {
  const loaded = useConsole('resources.find', { tenant, type, text });
  return (
    <Show loaded={loaded} lines={6}>
      {(found) => <Results tenant={tenant} type={type} found={found} reload={loaded.reload} />}
    </Show>
  );
}

interface ResultProps extends Omit<Props, 'text'> {
  readonly found: FoundResources;
  readonly reload: () => void;
}

function Results({
  tenant,
  type,
  found: { answer, found, similar, similarNote, failures, deleted },
  reload,
}: ResultProps) {
  const columns = columnsOf(tenant, type);
  return (
    <>
      <Notice tone={toneOf(answer)} title={answer.sentence}>
        {answer.remedy && <Remedy remedy={answer.remedy} />}
      </Notice>
      {found.length > 0 && (
        <Section title="In the directory">
          <Panel flush>
            <Table caption="In the directory" columns={columns} rows={found} keyOf={({ id }) => id} />
          </Panel>
        </Section>
      )}
      {failures.length > 0 && (
        <Section title="Refused requests">
          <Panel flush>
            <ActivityRows tenant={tenant} rows={failures} />
          </Panel>
        </Section>
      )}
      {deleted.length > 0 && (
        <Section title="Deleted">
          <DeletedTable tenant={tenant} rows={deleted} onRestored={reload} />
        </Section>
      )}
      {similar.length > 0 && (
        <Section title="Similar names">
          <Panel flush>
            <Table caption="Similar names" columns={columns} rows={similar} keyOf={({ id }) => id} />
          </Panel>
        </Section>
      )}
      {similarNote && <p class="hint">{similarNote}</p>}
    </>
  );
}
