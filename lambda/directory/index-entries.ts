import { isArray, isObject, type Json } from '../scim/json';
import type { Resource } from '../scim/resource/resource';
import type { ResourceView } from '../scim/schema/view';
import { fold } from '../scim/text/fold';
import type { AttributeIndex, ResourceType } from './resource-types';
import type { IndexEntry } from './store';

/** The entries that lead to a resource: one per index and distinct value. */
export function indexEntries(type: ResourceType, view: ResourceView, resource: Resource): readonly IndexEntry[] {
  return type.indexes.flatMap((index) => entriesOf(index, view.rules.unique.includes(index.attribute), resource));
}

/** A value as an index compares it. */
export function indexKey(index: Pick<AttributeIndex, 'caseExact'>, value: string): string {
  return index.caseExact ? value : fold(value);
}

function entriesOf(index: AttributeIndex, unique: boolean, resource: Resource): readonly IndexEntry[] {
  const entries = new Map<string, IndexEntry>();
  for (const element of elementsOf(resource[index.attribute])) {
    const text = textOf(index, element);
    if (text === undefined) continue;
    const key = indexKey(index, text);
    const claims = unique && (!index.primaryOnly || (isObject(element) && element.primary === true));
    if (claims || !entries.has(key)) entries.set(key, { index: index.index, value: text, key, unique: claims });
  }
  return [...entries.values()];
}

function elementsOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return isArray(value) ? value : [value];
}

function textOf({ subAttribute }: AttributeIndex, element: Json): string | undefined {
  const value = subAttribute !== undefined && isObject(element) ? element[subAttribute] : element;
  return typeof value === 'string' ? value : undefined;
}
