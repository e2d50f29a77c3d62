import { schemas } from '../../../lambda/scim/schema/schemas';
import { viewsOf } from '../../../lambda/scim/schema/view';

test('a view is made when it is first used, once', () => {
  const made: string[] = [];
  const counted = {
    get User() {
      made.push('User');
      return schemas.User;
    },
    get Group() {
      made.push('Group');
      return schemas.Group;
    },
  };
  const views = viewsOf(counted);
  expect(made).toEqual([]);
  expect(views.standard.User).toBe(views.standard.User);
  expect(views.standard.User).not.toBe(views['identity-center'].User);
  expect(made).toEqual(['User', 'User']);
});
