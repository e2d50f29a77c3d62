import { dropAbsent } from '../resource/checks';
import { sameJson } from '../resource/equal';
import type { Resource } from '../resource/resource';
import type { ResourceView } from '../schema/view';
import { Work } from '../work';
import type { AttributeOperation } from './change';
import { changedValue } from './changed-value';
import { withinWork } from './cost';
import type { Patch } from './operations';
import { dropBareElements, dropStaleReferences, requireRemaining, requireTargets } from './outcome';
import { valueAt, withValueAt } from './place';

/**
 * Applies a PATCH to the resource itself: each operation, in order, to what the one before it made (RFC 7644 §3.5.2);
 * `resource` is not modified. The result is not validated yet; it is `resource` itself if nothing changed.
 * @throws ScimError 400 `noTarget` for a filter that selects nothing, 400 `mutability` for a change of what is
 *   immutable and for a remove of what is required, 413 for too many values to compare
 */
export function applyPatch(
  view: ResourceView,
  resource: Resource,
  { attributes }: Pick<Patch, 'attributes'>,
  work: Work = new Work(),
): Resource {
  const patched = applyAll(resource, attributes, work);
  requireTargets(resource, patched, attributes, work);
  const current = dropStaleReferences(resource, dropBareElements(resource, patched, attributes, work), attributes);
  const result = dropAbsent(view, current);
  requireRemaining(result, attributes);
  return sameJson(result, resource) ? resource : result;
}

function applyAll(resource: Resource, operations: readonly AttributeOperation[], work: Work): Resource {
  let patched = resource;
  for (const operation of operations) {
    const present = valueAt(patched, operation);
    const value = withinWork(work, operation.label, () =>
      changedValue(operation.attribute, present, operation.change, operation.label, work),
    );
    patched = withValueAt(patched, operation, value);
  }
  return patched;
}
