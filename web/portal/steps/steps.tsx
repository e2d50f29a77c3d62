import { useState } from 'preact/hooks';
import type { Guide, GuideStep } from '../../../guides/guide';
import { LinkButton } from '../../ui/button';
import { Screen } from '../../ui/layout';
import { ErrorNotice } from '../../ui/notice';
import { dateOf } from '../../ui/time';
import { livePeriod, useAction, useLoaded } from '../../ui/use-call';
import { LiveChecklist } from '../checklist/live-checklist';
import { usePortal } from '../context';
import { doneId, guideOf, nameOf, optionOf, stepsOf } from '../guides';
import { Before } from './before';
import { Question } from './question';
import { Step } from './step';

/** The steps in the identity provider, with what they await beside them. */
export function Steps() {
  const { session } = usePortal();
  const guide = session.setup.provider && guideOf(session.setup.provider);
  return guide ? <GuideSteps key={guide.id} guide={guide} /> : null;
}

function GuideSteps({ guide }: { readonly guide: Guide }) {
  const { session, call, save } = usePortal();
  const { setup, productName } = session;
  const saving = useAction(save);
  const checklist = useLoaded('checklist', (signal) => call('checklist.get', {}, signal), { every: livePeriod });
  const overview = useLoaded('overview', (signal) => call('overview.get', {}, signal), { every: 3 * livePeriod });
  const option = optionOf(guide, setup);
  const steps = stepsOf(guide, option);
  const order = [before, ...(guide.choice ? [question] : []), ...steps];
  const done = setup.done ?? [];
  const isDone = (step: { readonly id: string }) => done.includes(doneId(guide, step));
  const [open, setOpen] = useState<string | undefined>(() => firstOf(order, isDone));

  const tick = (step: { readonly id: string }, ticked: boolean) => {
    const others = done.filter((id) => id !== doneId(guide, step));
    const next = ticked ? [...others, doneId(guide, step)] : others;
    saving.run({ done: next });
    if (!ticked) return;
    const rest = order.slice(order.findIndex(({ id }) => id === step.id) + 1);
    setOpen(firstOf(rest, ({ id }) => next.includes(doneId(guide, { id }))));
  };
  const card = (step: { readonly id: string }) => ({
    isOpen: open === step.id,
    isDone: isDone(step),
    onToggle: () => setOpen(open === step.id ? undefined : step.id),
    onTick: (ticked: boolean) => tick(step, ticked),
  });

  return (
    <Screen
      title={guide.id === 'other' ? `Connect ${productName}` : `Connect ${guide.name} to ${productName}`}
      of={productName}
      actions={<LinkButton href="#/start">Choose another provider</LinkButton>}
    >
      {saving.error && <ErrorNotice error={saving.error} />}
      <div class="beside">
        <div class="beside-main">
          <ol class="steps">
            <Before guide={guide} {...card(before)} />
            {guide.choice && <Question guide={guide} choice={guide.choice} option={option} {...card(question)} />}
            {steps.map((step, index) => (
              <Step
                key={step.id}
                guide={guide}
                step={step}
                number={index + 1}
                overview={overview}
                checklist={checklist.value}
                isLast={index === steps.length - 1}
                {...card(step)}
              />
            ))}
          </ol>
          <p class="hint">
            The names of fields and menus were checked on {dateOf(Date.parse(guide.checkedOn), 'UTC')} against the
            documentation of {nameOf(guide)}.
          </p>
        </div>
        <LiveChecklist guide={guide} checklist={checklist} overview={overview} />
      </div>
    </Screen>
  );
}

/** The cards above the steps are ticked like them. */
const before = { id: 'before' };
const question = { id: 'question' };

const firstOf = (steps: readonly Pick<GuideStep, 'id'>[], isDone: (step: { readonly id: string }) => boolean) =>
  steps.find((step) => !isDone(step))?.id;
