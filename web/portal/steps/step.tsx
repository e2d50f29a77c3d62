import type { Guide, GuideStep } from '../../../guides/guide';
import type { Checklist, Overview } from '../../api/portal';
import type { Loaded } from '../../ui/use-call';
import { ChecklistLine } from '../checklist/checklist-line';
import { nameOf } from '../guides';
import { Words } from '../words';
import { Card, type CardState } from './card';
import { Fields } from './fields';

interface StepProps extends CardState {
  readonly guide: Guide;
  readonly step: GuideStep;
  readonly number: number;
  readonly overview: Loaded<Overview>;
  readonly checklist: Checklist | undefined;
  readonly isLast: boolean;
}

/** One step in the identity provider: what to do, what to paste, and what should be seen afterwards. */
export function Step({ guide, step, number, overview, checklist, isLast, ...state }: StepProps) {
  const awaited =
    step.await?.flatMap((name) => checklist?.steps.filter((checked) => checked.step === name) ?? []) ?? [];
  return (
    <Card title={step.title} number={number} next={isLast ? 'Done' : 'Done, next step'} {...state}>
      <ol class="step-do">
        {step.do.map((text) => (
          <li key={text}>
            <Words text={text} />
          </li>
        ))}
      </ol>
      {step.fields && <Fields guide={guide} fields={step.fields} overview={overview} />}
      {step.unverified && (
        <p class="hint">
          Names in {nameOf(guide)} may differ slightly from these: not all of them could be checked in its
          documentation.
        </p>
      )}
      <div class="see">
        <h3>What you should see now</h3>
        <p>
          <Words text={step.see} />
        </p>
        {awaited.length > 0 && (
          <ul class="checklist">
            {awaited.map((checked) => (
              <ChecklistLine key={checked.step} checked={checked} name={nameOf(guide)} isNext={!checked.done} />
            ))}
          </ul>
        )}
      </div>
      {step.why?.map(({ question, answer }) => (
        <details key={question} class="why">
          <summary>
            <Words text={question} />
          </summary>
          <p>
            <Words text={answer} />
          </p>
        </details>
      ))}
    </Card>
  );
}
