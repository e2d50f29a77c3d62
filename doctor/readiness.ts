import points from './readiness.json';
import type { Check } from './verdict';

/** A requirement of Microsoft for applications in the Entra gallery, and the checks that show whether it is met. */
interface Point {
  readonly point: string;
  /** Each as `title: name`. */
  readonly checks: readonly string[];
  /** Whether one check is enough. */
  readonly any?: true;
  /** What to do if the checks do not show it. */
  readonly how: string;
}

/** How an endpoint meets a requirement. */
export interface Rating {
  readonly point: string;
  readonly rating: 'pass' | 'fail' | 'not checkable';
  /** The checks that failed, or what to do to find out. */
  readonly why: string;
}

/**
 * Rates an endpoint by what Microsoft asks of applications in the Entra gallery.
 * Source: Microsoft, User provisioning requirements for Microsoft Entra App Gallery (August 2026), and the tests of its
 * Logic App template.
 */
export function rateReadiness(checks: readonly Check[]): readonly Rating[] {
  const verdicts = new Map(checks.map(({ title, name, verdict }) => [`${title}: ${name}`, verdict]));
  return (points as readonly Point[]).map(({ point, checks: names, any = false, how }): Rating => {
    const passed = names.filter((name) => verdicts.get(name) === 'ok');
    const failed = names.filter((name) => verdicts.get(name) === 'failed');
    if (passed.length === names.length && names.length > 0) return { point, rating: 'pass', why: '' };
    if (any && passed.length > 0) return { point, rating: 'pass', why: '' };
    if (failed.length > 0) return { point, rating: 'fail', why: failed.join('; ') };
    return { point, rating: 'not checkable', why: how };
  });
}

const marks = { pass: 'pass  ', fail: 'FAIL  ', 'not checkable': '?     ' };

/** The ratings for people, one in a line. */
export function describeReadiness(ratings: readonly Rating[]): string {
  const lines = ratings.map(({ point, rating, why }) => {
    const more = { pass: '', fail: ` (${why})`, 'not checkable': `: not checkable from here. ${why}` }[rating];
    return `${marks[rating]}${point}${more}`;
  });
  return ['Entra gallery readiness', ...lines].join('\n');
}
