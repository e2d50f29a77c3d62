import type { FailureKind } from '../../api/portal';
import { Badge } from '../../ui/badge';
import { Moment } from '../../ui/moment';
import { Empty } from '../../ui/notice';
import { usePortal } from '../context';

/** What was refused, by cause: the remedy, and whom it concerns. */
export function Failures({ failures }: { readonly failures: readonly FailureKind[] }) {
  if (failures.length === 0) return <Empty title="Nothing was refused." />;
  return (
    <ul class="failures">
      {failures.map((failure) => (
        <Failure key={failure.status + failure.cause} failure={failure} />
      ))}
    </ul>
  );
}

const isSolved = ({ subjects }: FailureKind) => subjects.length > 0 && subjects.every((subject) => subject.isSolved);

function Failure({ failure }: { readonly failure: FailureKind }) {
  const { session } = usePortal();
  const { cause, remedy, count, last, status, sentence, requestId, subjects } = failure;
  const solved = isSolved(failure);
  return (
    <li class="panel failure">
      <h3>
        {cause} {solved && <Badge tone="good">Solved</Badge>}
      </h3>
      <p class="failure-remedy">{remedy}</p>
      {subjects.length > 0 && (
        <ul class="subjects" aria-label="Concerned">
          {subjects.map((subject) => (
            <li key={subject.type + subject.name}>
              {subject.name} {subject.isSolved && !solved && <Badge tone="good">Solved</Badge>}
            </li>
          ))}
        </ul>
      )}
      <p class="hint">
        {count === 1 ? 'Once' : `${count} times`}, last <Moment at={last} />. Answered {status}: {sentence}
      </p>
      {requestId && !solved && (
        <p class="hint">
          If the remedy does not help, tell {session.operatorName} this number: <code>{requestId}</code>
        </p>
      )}
    </li>
  );
}
