import { meVerb, resourceTypesVerb, schemasVerb, serviceProviderConfigVerb } from './directory/discovery';
import type { Verb } from './directory/request';
import { scimHandler } from './gateway/handler';
import { host, services } from './services';

const get = (verb: Verb) => new Map([['GET', verb]]);
const anyMethod = (verb: Verb) => new Map(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method) => [method, verb]));

const endpoints = [
  { path: ['ServiceProviderConfig'], methods: get(serviceProviderConfigVerb) },
  { path: ['ResourceTypes'], methods: get(resourceTypesVerb) },
  { path: ['ResourceTypes', '*'], methods: get(resourceTypesVerb) },
  { path: ['Schemas'], methods: get(schemasVerb) },
  { path: ['Schemas', '*'], methods: get(schemasVerb) },
  { path: ['Me'], methods: anyMethod(meVerb) },
];

/** Discovery, and the fallback for every path that is nobody else's: those are answered with 404. */
export const handler = scimHandler(endpoints, services, host('discovery'));
