import { resourceTypes } from './directory/resource-types';
import { searchAll, searchVerb } from './directory/search';
import { scimHandler } from './gateway/handler';
import { host, services } from './services';

const endpoints = [
  { path: ['.search'], methods: new Map([['POST', searchAll]]) },
  ...resourceTypes.map((type) => ({
    path: [type.endpoint, '.search'],
    methods: new Map([['POST', searchVerb(type)]]),
  })),
];

export const handler = scimHandler(endpoints, services, host('search'));
