import type { FailureKind } from '../../api/portal';
import { Badge } from '../../ui/badge';
import { Moment } from '../../ui/moment';
import { Empty } from '../../ui/notice';
import { usePortal } from '../context';

/** What was refused, by cause: what somebody has to look at, and, behind a click, what is past. */
export function Failures({ failures }: { readonly failures: readonly FailureKind[] }) {
  const open = failures.filter(({ state }) => state === 'open');
  const past = failures.filter(({ state }) => state !== 'open');
  return (
    <>
      {open.length > 0 ? (
        <List failures={open} />
      ) : (
        <Empty title={past.length > 0 ? 'Nothing is open.' : 'Nothing was refused.'} />
      )}
      {past.length > 0 && (
        <details class="why">
          <summary>Past: {past.length === 1 ? 'one cause' : `${past.length} causes`}</summary>
          <List failures={past} />
        </details>
      )}
    </>
  );
}

function List({ failures }: { readonly failures: readonly FailureKind[] }) {
  return (
    <ul class="failures">
      {failures.map((failure) => (
        <Failure key={failure.status + failure.cause} failure={failure} />
      ))}
    </ul>
  );
}

function Failure({ failure }: { readonly failure: FailureKind }) {
  const { session } = usePortal();
  const { state, cause, remedy, count, last, status, sentence, requestId, subjects } = failure;
  return (
    <li class="panel failure">
      <h3>
        {cause} {state === 'solved' && <Badge tone="good">Solved</Badge>}
        {state === 'quiet' && <Badge>Not seen for a day</Badge>}
      </h3>
      {state !== 'solved' && <p class="failure-remedy">{remedy}</p>}
      {subjects.length > 0 && (
        <ul class="subjects" aria-label="Concerned">
          {subjects.map((subject) => (
            <li key={subject.type + subject.name}>
              {subject.name} {subject.isSolved && state !== 'solved' && <Badge tone="good">Solved</Badge>}
            </li>
          ))}
        </ul>
      )}
      <p class="hint">
        {count === 1 ? 'Once' : `${count} times`}, last <Moment at={last} />. Answered {status}: {sentence}
      </p>
      {requestId && state === 'open' && (
        <p class="hint">
          If the remedy does not help, tell {session.operatorName} this number: <code>{requestId}</code>
        </p>
      )}
    </li>
  );
}
