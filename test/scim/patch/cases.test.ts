import type { Json } from '../../../lambda/scim/json';
import { memberChange, needsMembers } from '../../../lambda/scim/members/change';
import type { Member } from '../../../lambda/scim/members/member';
import { applyPatch } from '../../../lambda/scim/patch/apply';
import { parsePatch } from '../../../lambda/scim/patch/operations';
import type { Resource } from '../../../lambda/scim/resource/resource';
import { validateResource } from '../../../lambda/scim/resource/validate';
import type { ResourceView } from '../../../lambda/scim/schema/view';
import { bodyOf, caseFiles, expectedResource, frozen, type PatchCase, resourceOf } from './cases';

/** What the directory does with a PATCH, without the store. */
function patch(view: ResourceView, resource: Resource, body: Json, members: readonly Member[] = []) {
  const operations = frozen(parsePatch(view, frozen(body)));
  const after = applyPatch(view, resource, operations);
  validateResource(view, after);
  const present = needsMembers(operations.members) ? frozen(members) : undefined;
  return { resource: after, members: memberChange(operations.members, present) };
}

function failure(act: () => unknown): unknown {
  try {
    return act();
  } catch (error) {
    return error;
  }
}

function expectRefusal(item: PatchCase, { status, scimType, detail }: NonNullable<PatchCase['error']>): void {
  const { view, resource } = resourceOf(item);
  const error = failure(() => patch(view, resource, bodyOf(item), item.present));
  expect(error).toMatchObject({ name: 'ScimError', status, scimType });
  for (const part of detail) {
    expect((error as Error).message).toContain(part);
  }
}

function expectChanges(item: PatchCase): void {
  const { view, resource } = resourceOf(item);
  const changes = item.changes ?? {};
  const { resource: result, members } = patch(view, resource, bodyOf(item), item.present);

  expect(result).toEqual(expectedResource(resource, changes));
  expect(result === resource).toBe(Object.keys(changes).length === 0);
  expect(members).toEqual({
    replaces: item.members?.replaces ?? false,
    added: new Map((item.members?.added ?? []).map((member) => [(member as unknown as Member).value, member])),
    removed: new Set(item.members?.removed ?? []),
  });
}

function expectIdempotence(item: PatchCase): void {
  const { view, resource } = resourceOf(item);
  const once = patch(view, resource, bodyOf(item), item.present);
  const twice = patch(view, once.resource, bodyOf(item), item.present);
  expect(twice).toEqual(once);
  expect(twice.resource).toBe(once.resource);
}

function expectAnotherOutcome(item: PatchCase): void {
  const { view, resource } = resourceOf(item);
  const once = patch(view, resource, bodyOf(item), item.present);
  expect(failure(() => patch(view, once.resource, bodyOf(item), item.present))).not.toEqual(once);
}

describe.each(caseFiles)('%s', (_, cases) => {
  test.each(titled(cases))('%s', (_title, item) => {
    if (item.error) {
      expectRefusal(item, item.error);
    } else {
      expectChanges(item);
    }
  });

  test.each(titled(cases.filter(({ error }) => !error)))('%s, sent twice', (_title, item) => {
    if (item.notIdempotent) {
      expectAnotherOutcome(item);
    } else {
      expectIdempotence(item);
    }
  });
});

function titled(cases: readonly PatchCase[]) {
  return cases.map((item) => [`${item.section}: ${item.name}`, item] as const);
}
