import type { StepResult } from './exchange';
import type { FlowResult } from './run';

const longest = 2_000;

/** Describes the failures of a flow: each failed step with its request, its response and what was expected. */
export function describeFailures(result: FlowResult): string {
  return result.failed.map(describeFailure).join('\n\n');
}

function describeFailure({ flow, step, sent, received, failures }: StepResult): string {
  return [
    `${flow}: ${step}`,
    ...failures.map((failure) => `  ${failure}`),
    ...(sent
      ? [`  sent ${sent.method} ${sent.url}`, ...headerLines(Object.entries(sent.headers)), ...bodyLine(sent.body)]
      : []),
    ...(received
      ? [`  received ${received.status}`, ...headerLines(received.headers), ...bodyLine(received.text)]
      : []),
  ].join('\n');
}

/** Never shows a token. */
function headerLines(headers: Iterable<readonly [string, string]>): readonly string[] {
  return [...headers].map(([name, value]) => `    ${name}: ${name.toLowerCase() === 'authorization' ? '…' : value}`);
}

function bodyLine(body: string | undefined): readonly string[] {
  if (!body) return [];
  const text = body.trimEnd();
  return [`    ${text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text}`];
}
