import { isObject, type Json, type JsonObject, kindOf } from '../json';
import type { MembersOperation } from '../members/change';
import { invalidPath, invalidValue } from '../message/error';
import { isNone } from '../resource/deviations';
import type { ResourceView } from '../schema/view';
import { Work } from '../work';
import { type AttributeOperation, changeOf } from './change';
import { withinWork } from './cost';
import { isMembers, membersEffect } from './members';
import { type MessageOperation, readMessage } from './message';
import { type AttributeTarget, nameTarget, pathTarget, type SchemaTarget, type Target } from './target';

/** Units of work for a character of a path: to parse it, to look it up, to fold the value it compares with. */
const pathWork = 24;

/** Units of work to look up a name and to make an operation of it. */
const nameWork = 200;

/** One operation of a PATCH request, resolved against the schema, its value normalised. */
type PatchOperation = AttributeOperation | MembersOperation;

/** The effect of a PATCH request: on the resource, and on a group's members, which are stored separately. */
export interface Patch {
  readonly attributes: readonly AttributeOperation[];
  readonly members: readonly MembersOperation[];
}

/**
 * The operations of a PATCH body, ready to apply (RFC 7644 §3.5.2). An operation without path becomes one for each
 * attribute in its value; what is accepted without effect (see `pathTarget` and `nameTarget`) becomes none.
 * @throws ScimError 400 `invalidSyntax`, 400 `invalidPath`, 400 `invalidFilter`, 400 `invalidValue`, 400 `noTarget`,
 * 400 `mutability`, or 413 for too many operations
 */
export function parsePatch(view: ResourceView, body: Json, work: Work = new Work()): Patch {
  const attributes: AttributeOperation[] = [];
  const members: MembersOperation[] = [];
  for (const sent of readMessage(body)) {
    for (const operation of withinWork(work, sent.label, () => operationsOf(view, sent, work))) {
      if (operation.kind === 'members') members.push(operation);
      else attributes.push(operation);
    }
  }
  return { attributes, members };
}

function operationsOf(view: ResourceView, sent: MessageOperation, work: Work): readonly PatchOperation[] {
  if (sent.path === undefined) return isObject(sent.value) ? namedOperations(view, sent.value, '', sent, work) : [];
  work.spend(pathWork * sent.path.length);
  const target = pathTarget(view, sent.path, sent.label);
  return target ? operationsOn(view, target, sent, work) : [];
}

function operationsOn(
  view: ResourceView,
  target: Target,
  sent: MessageOperation,
  work: Work,
): readonly PatchOperation[] {
  if (target.kind === 'schema') return schemaOperations(view, target, sent, work);
  return [isMembers(target) ? membersOperation(view, target, sent) : attributeOperation(target, sent)];
}

/** The names in a value are paths of its parts; below an extension they are relative to its URN. */
function namedOperations(
  view: ResourceView,
  value: JsonObject,
  prefix: string,
  { op, path, label }: MessageOperation,
  work: Work,
) {
  return Object.entries(value).flatMap(([name, part]) => {
    work.spend(nameWork + pathWork * name.length);
    const partLabel = `${label} "${name}"`;
    const target = nameTarget(view, prefix + name, partLabel);
    return target ? operationsOn(view, target, { op, path, value: part, label: partLabel }, work) : [];
  });
}

function schemaOperations(view: ResourceView, { urn, extension }: SchemaTarget, sent: MessageOperation, work: Work) {
  const { op, value = null, label } = sent;
  if (op !== 'remove' && isObject(value)) return namedOperations(view, value, `${urn}:`, sent, work);
  if (op !== 'remove' && !isNone(value)) {
    throw invalidValue(`${label} gives ${kindOf(value)} to a schema. Send an object of its attributes.`);
  }
  if (extension === undefined) {
    throw invalidPath(`${label} leads to the core schema, which a ${view.type} cannot be without. Name an attribute.`);
  }
  const whole: AttributeTarget = {
    kind: 'attribute',
    extension: undefined,
    attribute: extension,
    sub: undefined,
    filter: undefined,
  };
  return [attributeOperation(whole, sent)];
}

function attributeOperation(target: AttributeTarget, sent: MessageOperation): AttributeOperation {
  const { extension, attribute } = target;
  return { kind: 'attribute', op: sent.op, label: sent.label, extension, attribute, change: changeOf(target, sent) };
}

function membersOperation(view: ResourceView, target: AttributeTarget, sent: MessageOperation): MembersOperation {
  return { kind: 'members', label: sent.label, effect: membersEffect(view, target, sent) };
}
