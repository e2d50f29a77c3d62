import { playScenario } from '../../changes/scenario';
import { openStage, type Stage } from '../../changes/stage';
import { userBody } from '../../directory/requests';
import { addTenant, createMirrorTable, mirrored, present } from './mirror';
import { Worker } from './worker';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await createMirrorTable();
});
afterAll(() => stage.close());

test('a mirror that was killed while it filled, before or after any of its calls, equals the directory after another', async () => {
  const { tenantId } = await playScenario(stage);
  await addTenant(stage.tables, tenantId);
  const expected = await present(stage.tables, tenantId);
  const whole = new Worker(stage.tables);
  whole.fill(tenantId);
  await whole.finish();
  expect(await mirrored(stage.tables, tenantId)).toEqual(expected);
  expect(whole.calls).toBeGreaterThan(10);
  for (let calls = 0; calls < whole.calls; calls++) {
    for (const late of [false, true]) {
      // Each time there is something new to mirror, and something that is gone.
      const gone = (await stage.send(tenantId, 'POST', '/Users', userBody(`gone${calls}${late}`))).id;
      const before = new Worker(stage.tables);
      before.fill(tenantId);
      await before.finish();
      await stage.send(tenantId, 'DELETE', `/Users/${gone}`);
      await stage.send(tenantId, 'POST', '/Users', userBody(`new${calls}${late}`));
      const killed = new Worker(stage.tables);
      killed.fill(tenantId);
      await killed.run(calls);
      await killed.kill(late);
      const next = new Worker(stage.tables);
      next.fill(tenantId);
      await next.finish();
      expect(await mirrored(stage.tables, tenantId)).toEqual(await present(stage.tables, tenantId));
    }
  }
});
