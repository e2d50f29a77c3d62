import { createVerb } from '../directory/create';
import { getVerb } from '../directory/get';
import { listVerb } from '../directory/list';
import { patchVerb } from '../directory/patch';
import { removeVerb } from '../directory/remove';
import { replaceVerb } from '../directory/replace';
import type { ResourceType } from '../directory/resource-types';
import type { Endpoint } from './dispatch';

/** The endpoints of a resource type (RFC 7644 §3.2). */
export function resourceEndpoints(type: ResourceType): readonly Endpoint[] {
  return [
    {
      path: [type.endpoint],
      methods: new Map([
        ['GET', listVerb(type)],
        ['POST', createVerb(type)],
      ]),
    },
    {
      path: [type.endpoint, '*'],
      methods: new Map([
        ['GET', getVerb(type)],
        ['PUT', replaceVerb(type)],
        ['PATCH', patchVerb(type)],
        ['DELETE', removeVerb(type)],
      ]),
    },
  ];
}
