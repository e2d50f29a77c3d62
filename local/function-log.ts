import { awsError, toReply } from './aws-error';
import type { Service } from './aws-requests';

/** The log of refused credentials, which CloudWatch Logs keeps for a deployment. */
export interface FunctionLog extends Service {
  /** Adds a log line of a function. */
  add(line: string): void;
}

interface LogEvent {
  /** Milliseconds. */
  readonly timestamp: number;
  readonly message: string;
}

/** How many lines are kept: the last ones, in memory. */
const capacity = 10_000;
const pageSize = 1_000;
const target = 'Logs_20140328.FilterLogEvents';
const parameters: ReadonlySet<string> = new Set(['logGroupName', 'startTime', 'filterPattern', 'nextToken']);

/** Keeps the last log lines of a log group, for FilterLogEvents with a pattern of quoted terms. */
export function createFunctionLog(group: string): FunctionLog {
  const events: LogEvent[] = [];
  return {
    add(message) {
      events.push({ timestamp: Date.now(), message });
      if (events.length > capacity) events.shift();
    },
    call: (operation, body) =>
      toReply(async () => {
        if (operation !== target) throw invalid(`The local endpoint has no operation ${operation}.`);
        const input = (body ?? {}) as Readonly<Record<string, unknown>>;
        const unknown = Object.keys(input).find((name) => !parameters.has(name));
        if (unknown !== undefined) throw invalid(`The local endpoint's ${target} has no parameter ${unknown}.`);
        const { logGroupName, startTime = 0, filterPattern = '', nextToken = '0' } = input;
        if (logGroupName !== group) throw absent(String(logGroupName));
        const terms = [...String(filterPattern).matchAll(/"([^"]*)"/g)].map(([, term = '']) => term);
        const found = events.filter(
          ({ timestamp, message }) => timestamp >= Number(startTime) && terms.every((term) => message.includes(term)),
        );
        const start = Number(nextToken);
        const end = start + pageSize;
        return { events: found.slice(start, end), ...(end < found.length ? { nextToken: String(end) } : {}) };
      }),
  };
}

const invalid = (message: string) => awsError('InvalidParameterException', message);
const absent = (group: string) => awsError('ResourceNotFoundException', `There is no log group ${group}.`);
