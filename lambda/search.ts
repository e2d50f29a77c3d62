import { resourceTypes } from './directory/resource-types';
import { queryAll, searchAll, searchHandler } from './directory/search';
import { scimHandler } from './gateway/handler';
import { host, services } from './services';

const endpoints = [
  { path: [''], methods: new Map([['GET', queryAll]]) },
  // A search is a POST that changes nothing (RFC 7644 §3.4.3).
  { path: ['.search'], methods: new Map([['POST', searchAll]]), scope: 'scim:read' as const },
  ...resourceTypes.map((type) => ({
    path: [type.endpoint, '.search'],
    methods: new Map([['POST', searchHandler(type)]]),
    scope: 'scim:read' as const,
  })),
];

export const handler = scimHandler(endpoints, services, host('search'));
