import type { Guide } from '../../../guides/guide';
import { RadioCards } from '../../ui/form';
import { ErrorNotice } from '../../ui/notice';
import { useAction } from '../../ui/use-call';
import { usePortal } from '../context';
import { useNames, Words } from '../words';
import { Card, type CardState } from './card';

interface QuestionProps extends CardState {
  readonly guide: Guide;
  readonly choice: NonNullable<Guide['choice']>;
  readonly option: string | undefined;
}

/** The question on whose answer the steps depend. */
export function Question({ guide, choice, option, ...state }: QuestionProps) {
  const { session, save } = usePortal();
  const named = useNames();
  const choosing = useAction((id: string) => save({ answers: { ...session.setup.answers, [guide.id]: id } }));
  const answer = choice.options.find(({ id }) => id === option);
  return (
    <Card
      title={named(choice.question)}
      next="Show the steps"
      isReady={option !== undefined}
      answer={answer && named(answer.label)}
      {...state}
    >
      <RadioCards
        legend="Your answer"
        choices={choice.options.map(({ id, label, help }) => ({
          value: id,
          label: named(label),
          description: <Words text={help} />,
        }))}
        value={option}
        onValue={choosing.run}
      />
      {choosing.error && <ErrorNotice error={choosing.error} />}
    </Card>
  );
}
