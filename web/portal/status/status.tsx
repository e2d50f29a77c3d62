import { Button } from '../../ui/button';
import { Panel, Screen, Section } from '../../ui/layout';
import { Show } from '../../ui/loaded';
import { Moment } from '../../ui/moment';
import { livePeriod, useLoaded } from '../../ui/use-call';
import { ChecklistLine } from '../checklist/checklist-line';
import { Counts } from '../checklist/live-checklist';
import { usePortal } from '../context';
import { guideOf, nameOf } from '../guides';
import { Failures } from './failures';
import { RefusalList } from './refusals';
import { SelfTest } from './self-test';

/** Whether it works: numbers, checklist, failures with what to do, and a test. */
export function Status() {
  const { call, session } = usePortal();
  const guide = session.setup.provider && guideOf(session.setup.provider);
  const name = guide ? nameOf(guide) : 'your identity provider';
  const overview = useLoaded('overview', (signal) => call('overview.get', {}, signal), { every: livePeriod });
  const checklist = useLoaded('checklist', (signal) => call('checklist.get', {}, signal), { every: livePeriod });
  const failures = useLoaded('failures', (signal) => call('failures.list', {}, signal), { every: 2 * livePeriod });
  const refusals = useLoaded('refusals', (signal) => call('refusals.list', {}, signal));
  return (
    <Screen title="Status" of={session.productName}>
      <Section title="Now">
        <Show loaded={overview}>
          {(value) => (
            <>
              <Counts overview={value} />
              <p class="hint">
                {value.lastRequest ? (
                  <>
                    The last request that succeeded: <Moment at={value.lastRequest} />
                  </>
                ) : (
                  'No request has succeeded yet.'
                )}
              </p>
            </>
          )}
        </Show>
      </Section>
      <Section title="Failures" lead={'What was refused in the last seven days, and what to do about it.'}>
        <Show loaded={failures}>{(value) => <Failures failures={value.failures} />}</Show>
      </Section>
      <Section
        title="Refused credentials"
        lead={`Requests of the last hour with an ended, revoked or wrong secret. A secret that was cut off or mistyped is not listed: if ${name} says “unauthorized” or 401 and nothing is here, paste the whole secret again.`}
        actions={
          <Button busy={refusals.loading} onClick={refusals.reload}>
            Look again
          </Button>
        }
      >
        <Show loaded={refusals} lines={1}>
          {(value) =>
            value.refusals.length > 0 ? <RefusalList refusals={value.refusals} /> : <p class="quiet">None.</p>
          }
        </Show>
      </Section>
      <Section title="Checklist">
        <Panel>
          <Show loaded={checklist} lines={5}>
            {({ steps }) => (
              <ol class="checklist">
                {steps.map((checked) => (
                  <ChecklistLine
                    key={checked.step}
                    checked={checked}
                    name={name}
                    isNext={checked.step === steps.find(({ done }) => !done)?.step}
                  />
                ))}
              </ol>
            )}
          </Show>
        </Panel>
      </Section>
      <SelfTest name={name} />
    </Screen>
  );
}
