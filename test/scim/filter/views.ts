import type { Extension } from '../../../lambda/scim/schema/extension';
import { schemasWith } from '../../../lambda/scim/schema/schemas';
import { type ResourceView, viewsOf } from '../../../lambda/scim/schema/view';
import badge from './badge.json';

/** The `standard` profile with an extension that has an attribute of each type. */
export const views: Readonly<Record<'User' | 'Group', ResourceView>> = viewsOf(
  schemasWith([badge as Extension]),
).standard;
