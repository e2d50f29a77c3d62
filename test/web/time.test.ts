import { absoluteTime, clockTime, dateOf, daysUntil, relativeTime } from '../../web/ui/time';

const now = Date.UTC(2026, 10, 27, 14, 2, 31);
const second = 1000;
const hour = 3600 * second;
const day = 24 * hour;

test.each([
  [0, 'just now'],
  [-9 * second, 'just now'],
  [-30 * second, '30 seconds ago'],
  [-90 * second, '1 minute ago'],
  [-3 * hour, '3 hours ago'],
  [-1.5 * day, 'yesterday'],
  [-3 * day, '3 days ago'],
  [-15 * day, '2 weeks ago'],
  [-400 * day, 'last year'],
  [20 * second, 'in 20 seconds'],
  [2 * day, 'in 2 days'],
])('%d ms from now is %s', (distance, text) => {
  expect(relativeTime(now + distance, now)).toBe(text);
});

test('times are shown in full in the time zone of the reader', () => {
  expect(absoluteTime(now, 'UTC')).toBe('27 Nov 2026, 14:02:31');
  expect(absoluteTime(now, 'Asia/Tokyo')).toBe('27 Nov 2026, 23:02:31');
  expect(dateOf(now, 'Asia/Tokyo')).toBe('27 Nov 2026');
  expect(clockTime(now, 'UTC')).toBe('14:02:31');
});

test('days are counted whole, and are negative after the end', () => {
  expect(daysUntil(now + 1.9 * day, now)).toBe(1);
  expect(daysUntil(now + 0.5 * day, now)).toBe(0);
  expect(daysUntil(now - 1, now)).toBe(-1);
});
