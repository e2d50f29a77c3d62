import { resourceTypes } from './directory/resource-types';
import { queryAll, searchAll, searchHandler } from './directory/search';
import { scimHandler } from './gateway/handler';
import { host, services } from './services';

const endpoints = [
  { path: [''], methods: new Map([['GET', queryAll]]) },
  { path: ['.search'], methods: new Map([['POST', searchAll]]) },
  ...resourceTypes.map((type) => ({
    path: [type.endpoint, '.search'],
    methods: new Map([['POST', searchHandler(type)]]),
  })),
];

export const handler = scimHandler(endpoints, services, host('search'));
