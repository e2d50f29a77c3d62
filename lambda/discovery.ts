import { meHandler, resourceTypesHandler, schemasHandler, serviceProviderConfigHandler } from './directory/discovery';
import type { MethodHandler } from './directory/request';
import { scimHandler } from './gateway/handler';
import { host, services } from './services';

const get = (handler: MethodHandler) => new Map([['GET', handler]]);
const anyMethod = (handler: MethodHandler) =>
  new Map(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => [method, handler]));

const endpoints = [
  { path: ['ServiceProviderConfig'], methods: get(serviceProviderConfigHandler(process.env.DOCUMENTATION_URL)) },
  { path: ['ResourceTypes'], methods: get(resourceTypesHandler) },
  { path: ['ResourceTypes', '*'], methods: get(resourceTypesHandler) },
  { path: ['Schemas'], methods: get(schemasHandler) },
  { path: ['Schemas', '*'], methods: get(schemasHandler) },
  { path: ['Me'], methods: anyMethod(meHandler), scope: 'scim:read' as const },
];

/** Discovery, and 404 for all unknown paths. */
export const handler = scimHandler(endpoints, services, host('discovery'));
