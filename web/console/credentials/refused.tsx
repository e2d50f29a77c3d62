import { Badge } from '../../ui/badge';
import { Panel, Section } from '../../ui/layout';
import { Show } from '../../ui/loaded';
import { Moment } from '../../ui/moment';
import { Empty, Remedy } from '../../ui/notice';
import { plural } from '../../ui/number';
import { useConsole } from '../api';

/** Credentials that were refused within the last hour: requests that no activity has. */
export function Refused({ tenant }: { readonly tenant: string }) {
  const loaded = useConsole('tenant.refusals', { tenant });
  return (
    <Section
      title="Refused within the last hour"
      lead="Requests without a token, with a cut or mistyped one, or with that of another tenant are not listed."
    >
      <Show loaded={loaded} lines={2}>
        {({ refusals }) => (
          <Panel flush>
            {refusals.length === 0 && <Empty title="None" />}
            <ul class="rows">
              {refusals.map(({ credential, label, sentence, remedy, count, last }) => (
                <li key={`${credential} ${sentence}`} class="row">
                  <Badge tone="bad">401</Badge>
                  <div class="row-main">
                    {label ?? credential}: {sentence}
                    <p class="hint">
                      <Remedy remedy={remedy} />
                    </p>
                  </div>
                  <span class="row-aside">
                    {plural(count, 'time')}, last <Moment at={last} />
                  </span>
                </li>
              ))}
            </ul>
          </Panel>
        )}
      </Show>
    </Section>
  );
}
