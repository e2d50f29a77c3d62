import { readSettings } from '../../lib/settings';
import { settings } from './departures';

test('every setting that LocalStack needs is a setting of the stack', () => {
  expect(readSettings(settings)).toEqual({ tenantLimits: false, dashboard: false });
});
