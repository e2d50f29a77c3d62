import { useEffect, useRef } from 'preact/hooks';
import type { Guide } from '../../../guides/guide';
import type { Checked, Checklist, Overview } from '../../api/portal';
import { announce } from '../../ui/announce';
import { Figure } from '../../ui/facts';
import { Show } from '../../ui/loaded';
import { Moment } from '../../ui/moment';
import { Notice } from '../../ui/notice';
import type { Loaded } from '../../ui/use-call';
import { nameOf } from '../guides';
import { useNames, Words } from '../words';
import { ChecklistLine, titleOf } from './checklist-line';
import { NothingArrives } from './nothing-arrives';

interface LiveProps {
  readonly guide: Guide;
  readonly checklist: Loaded<Checklist>;
  readonly overview: Loaded<Overview>;
}

/** What has arrived, while it arrives: it stands beside the steps. */
export function LiveChecklist({ guide, checklist, overview }: LiveProps) {
  useAnnouncements(checklist.value?.steps);
  return (
    <aside class="beside-aside" aria-label="Checklist">
      <section class="panel live">
        <h2>Checklist</h2>
        <Show loaded={checklist} lines={5}>
          {(value) => <Lines guide={guide} checklist={value} />}
        </Show>
        {overview.value && <Counts overview={overview.value} />}
      </section>
      <p class="hint live-waiting">
        <Words text={guide.before.waiting} />
      </p>
    </aside>
  );
}

function Lines({ guide, checklist }: { readonly guide: Guide; readonly checklist: Checklist }) {
  const { steps, lastRequest, isComplete } = checklist;
  const next = steps.find(({ done }) => !done)?.step;
  return (
    <>
      <ol class="checklist">
        {steps.map((checked) => (
          <ChecklistLine key={checked.step} checked={checked} name={nameOf(guide)} isNext={checked.step === next} />
        ))}
      </ol>
      {!next && (
        <div>
          <p class="live-complete">Everything works. You are done.</p>
          <p class="hint">
            You can close this page. Look at <a href="#/credentials">Credentials</a> for the date until which the secret
            works.
          </p>
        </div>
      )}
      {!isComplete && <p class="hint">Reading what happened before …</p>}
      {lastRequest?.kind === 'failure' && (
        <Notice tone="bad" title="The last request failed.">
          <a href="#/status">Read why, and what to do</a>
        </Notice>
      )}
      {lastRequest && (
        <p class="hint">
          Last request: <Moment at={lastRequest.time} />
        </p>
      )}
      {next === 'testCall' && <NothingArrives guide={guide} hasRequest={lastRequest !== undefined} />}
    </>
  );
}

const held: Readonly<Record<Overview['state'], string | undefined>> = {
  running: undefined,
  paused: '{operator} has paused changes. Your identity provider sends them again later.',
  held: 'Far more people than usual were being disabled. {operator} has to confirm that it is meant.',
  disabled: '{operator} has switched off this connection: every request is refused.',
};

/** How many there are, and whether the operator lets changes through. */
export function Counts({ overview: { users, groups, state } }: { readonly overview: Overview }) {
  const named = useNames();
  const text = held[state];
  return (
    <>
      <div class="figures">
        <Figure name="People" value={users.toLocaleString('en')} />
        <Figure name="Groups" value={groups.toLocaleString('en')} />
      </div>
      {text && <Notice tone="warning" title={named(text)} />}
    </>
  );
}

/** Screen readers say what turns green. */
function useAnnouncements(steps: readonly Checked[] | undefined): void {
  const known = useRef<ReadonlySet<string> | undefined>(undefined);
  useEffect(() => {
    if (!steps) return;
    const done = steps.filter((step) => step.done);
    for (const { step, done: what } of known.current ? done : []) {
      if (!known.current?.has(step)) announce(`${titleOf(step)}: ${what?.sentence}.`);
    }
    known.current = new Set(done.map(({ step }) => step));
  }, [steps]);
}
