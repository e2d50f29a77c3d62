import { counted } from '../../operator/counted';
import type { DriftSummary, Finding, FindingKind } from '../../operator/drift/finding';
import type { Source } from '../../operator/drift/source';

import { utcTime } from '../time';

/** The heading of each kind; `{title}` is who says how it should be. */
const headings: Readonly<Record<FindingKind, string>> = {
  enabled: 'Enabled here, disabled in {title}',
  extra: 'Extra: the tenant has them, {title} does not',
  'member extra': 'In the group here, but not in {title}',
  missing: 'Missing: {title} has them, the tenant does not',
  disabled: 'Disabled here, enabled in {title}',
  'member missing': 'Not in the group here, but in {title}',
  attribute: 'Other values than in {title}',
};

/** The counts of the summary: what one is called, and what more are. */
const counts: Readonly<Record<FindingKind, readonly [string, string]>> = {
  enabled: ['enabled only here', 'enabled only here'],
  extra: ['extra', 'extra'],
  'member extra': ['membership extra', 'memberships extra'],
  missing: ['missing', 'missing'],
  disabled: ['disabled only here', 'disabled only here'],
  'member missing': ['membership missing', 'memberships missing'],
  attribute: ['other value', 'other values'],
};

/** Who says how the tenant should be. */
export function titleOf(sources: readonly Source[]): string {
  const [first] = sources;
  return first?.title ?? 'the identity provider';
}

/** The heading of a kind, with its count. */
export function headingOf(kind: FindingKind, { differences }: DriftSummary, title: string): string {
  return `${headings[kind].replace('{title}', title)} (${differences[kind]})`;
}

/** One difference in a line, without what the heading says. */
export function lineOf(finding: Finding, title: string): string {
  const { type, name, group, attribute, at } = finding;
  const what = type === 'Group' ? `group "${name}"` : name;
  const values =
    attribute === undefined ? [] : [`${attribute}: ${shown(finding.actual)} here, expected ${shown(finding.expected)}`];
  const details = [...values, ...(at === undefined ? [] : [at]), ...history(finding, title)];
  const subject = group === undefined ? what : `${group}: ${what}`;
  return [subject, ...details].join('; ');
}

function history({ changedHere, action, deletedHere }: Finding, title: string): readonly string[] {
  const by = action === undefined ? '' : ` (${action})`;
  return [
    ...(changedHere === undefined ? [] : [`changed here on ${utcTime(changedHere)}${by}, not by ${title}`]),
    ...(deletedHere === undefined ? [] : [`deleted here on ${utcTime(deletedHere)}${by}`]),
  ];
}

function shown(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value);
}

/** What was compared and found, in sentences. */
export function describeSummary(summary: DriftSummary, label: string, title: string): string {
  const { users, groups, memberships, differences, total } = summary;
  const found = (Object.keys(counts) as FindingKind[])
    .filter((kind) => differences[kind] > 0)
    .map((kind) => counted(differences[kind], ...counts[kind]));
  const totals = (side: 'here' | 'expected') =>
    [counted(users[side], 'user'), counted(groups[side], 'group'), counted(memberships[side], 'membership')].join(', ');
  return [
    `Tenant ${label}: ${totals('here')}. Expected from ${title}: ${totals('expected')}.`,
    total === 0 ? 'No differences.' : `Differences: ${total} (${found.join(', ')}).`,
    ...notCompared(summary, title),
  ].join('\n');
}

function notCompared(summary: DriftSummary, title: string): readonly string[] {
  const { disabledHere, groupsNotCompared, membersNotCompared } = summary;
  return [
    ...(disabledHere > 0
      ? [`Disabled users here that are not in the files of ${title}, which is normal: ${disabledHere}.`]
      : []),
    ...(groupsNotCompared > 0
      ? [`Groups here that no file lists the members of, not compared: ${groupsNotCompared}.`]
      : []),
    ...(membersNotCompared > 0
      ? [`Members in files that are no users, or not among the users expected, not compared: ${membersNotCompared}.`]
      : []),
  ];
}
