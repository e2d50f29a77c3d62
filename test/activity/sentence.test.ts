import type { ActivityRow } from '../../lambda/activity/row';
import { toSentence } from '../../operator/activity/sentence';
import cases from './sentences.json';

const row = {
  tenantId: 'aaaabbbbcccc',
  rowId: '1',
  time: '2026-11-24T07:00:00.000Z',
  kind: 'change',
  actor: {},
  expires: 0,
} as const;

test.each(cases)('$name', ({ row: values, sentence }) => {
  expect(toSentence({ ...row, ...(values as unknown as Pick<ActivityRow, 'template'>) })).toBe(sentence);
});
