import { createHandler } from '../directory/create';
import { getHandler } from '../directory/get';
import { listHandler } from '../directory/list';
import { patchHandler } from '../directory/patch';
import { removeHandler } from '../directory/remove';
import { replaceHandler } from '../directory/replace';
import type { ResourceType } from '../directory/resource-types';
import type { Endpoint } from './dispatch';

/** The endpoints of a resource type (RFC 7644 §3.2). */
export function resourceEndpoints(type: ResourceType): readonly Endpoint[] {
  return [
    {
      path: [type.endpoint],
      methods: new Map([
        ['GET', listHandler(type)],
        ['POST', createHandler(type)],
      ]),
    },
    {
      path: [type.endpoint, '*'],
      resource: type.name,
      methods: new Map([
        ['GET', getHandler(type)],
        ['PUT', replaceHandler(type)],
        ['PATCH', patchHandler(type)],
        ['DELETE', removeHandler(type)],
      ]),
    },
  ];
}
