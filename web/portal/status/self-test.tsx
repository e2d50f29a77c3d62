import { useState } from 'preact/hooks';
import type { TestCheck, TestResult } from '../../api/portal';
import { Badge, type Tone } from '../../ui/badge';
import { Button } from '../../ui/button';
import { Section } from '../../ui/layout';
import { ErrorNotice, Notice } from '../../ui/notice';
import { useAction } from '../../ui/use-call';
import { usePortal } from '../context';

/** Tries the directory without the identity provider. */
export function SelfTest({ name }: { readonly name: string }) {
  const { call, session } = usePortal();
  const [result, setResult] = useState<TestResult>();
  const testing = useAction(async () => {
    setResult(undefined);
    setResult(await call('test.run', {}));
  });
  return (
    <Section
      title="Test it for me"
      lead={`This sends what ${name} would send: it makes test people and a test group, changes them, and deletes them again. Their names end with “.invalid”. It shows whether ${session.productName} is ready; whether ${name} is set up correctly only ${name} can show.`}
      actions={
        <Button busy={testing.running} onClick={() => testing.run()}>
          {testing.running ? 'Testing, up to 25 seconds …' : 'Run the test'}
        </Button>
      }
    >
      {testing.error && <ErrorNotice error={testing.error} retry={() => testing.run()} />}
      <div role="status">{result && <Result result={result} />}</div>
    </Section>
  );
}

function Result({ result: { checks, ended, left } }: { readonly result: TestResult }) {
  const failed = checks.filter(({ verdict }) => verdict === 'failed').length;
  return (
    <>
      <Notice
        tone={failed > 0 ? 'bad' : 'good'}
        title={failed > 0 ? `${failed} of ${checks.length} checks failed.` : `${checks.length} checks, none failed.`}
      >
        {ended}
        {left > 0 && ` ${left} of the test people and groups could not be deleted; the next test deletes them.`}
      </Notice>
      <Checks checks={checks.filter(isRemarkable)} />
      <details class="why">
        <summary>Show every check</summary>
        <Checks checks={checks} />
      </details>
    </>
  );
}

const isRemarkable = ({ verdict }: TestCheck) => verdict === 'failed' || verdict === 'not done';

function Checks({ checks }: { readonly checks: readonly TestCheck[] }) {
  if (checks.length === 0) return null;
  return (
    <ul class="tests">
      {checks.map((check) => (
        <Check key={check.title + check.name} check={check} />
      ))}
    </ul>
  );
}

const tones: Readonly<Record<TestCheck['verdict'], Tone>> = {
  ok: 'good',
  note: 'accent',
  failed: 'bad',
  'not done': 'neutral',
};

function Check({ check: { title, name, verdict, found, remedy } }: { readonly check: TestCheck }) {
  return (
    <li class="test">
      <Badge tone={tones[verdict]}>{verdict}</Badge>
      <div>
        <p>
          {title}: {name}
        </p>
        {verdict !== 'ok' &&
          found.map((line) => (
            <p key={line} class="hint">
              {line}
            </p>
          ))}
        {remedy && <p>{remedy}</p>}
      </div>
    </li>
  );
}
