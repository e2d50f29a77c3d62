import type { Checked, ChecklistStep } from '../../api/portal';
import { Icon } from '../../ui/icon';
import { absoluteTime } from '../../ui/time';
import { capital } from '../names';
import { timeOf } from '../when';

/** What each line is called, and what it says while the identity provider `name` is waited for. */
const words: Readonly<Record<ChecklistStep, { readonly title: string; readonly waiting: (name: string) => string }>> = {
  testCall: { title: 'Test call', waiting: (name) => `Waiting for the test call of ${name} …` },
  firstUser: { title: 'First person', waiting: () => 'Waiting for the first person …' },
  firstGroup: { title: 'First group', waiting: () => 'Waiting for the first group …' },
  firstMember: { title: 'First member of a group', waiting: () => 'Waiting for the first member of a group …' },
  firstDeactivation: { title: 'First deactivation', waiting: () => 'Waiting for the first person who is removed …' },
};

export const titleOf = (step: ChecklistStep) => words[step].title;

interface LineProps {
  readonly checked: Checked;
  readonly name: string;
  /** Whether it is the one that is waited for. */
  readonly isNext: boolean;
}

/** A line of the checklist: what arrived, when, and how it was answered; or what is waited for. */
export function ChecklistLine({ checked: { step, done }, name, isNext }: LineProps) {
  const waiting = isNext ? 'next' : 'later';
  return (
    <li class={`check check-${done ? 'done' : waiting}`}>
      <span class="check-mark" aria-hidden="true">
        {done ? <Icon name="check" /> : null}
      </span>
      <span class="check-text">
        <span class="check-title">{isNext && !done ? words[step].waiting(name) : titleOf(step)}</span>
        {done && (
          <span class="hint">
            {capital(done.sentence)},{' '}
            <time dateTime={done.time} title={absoluteTime(Date.parse(done.time))}>
              received {timeOf(done.time)}
            </time>
            , answered {done.status}
          </span>
        )}
        {!done && !isNext && <span class="visually-hidden">not yet</span>}
      </span>
    </li>
  );
}
