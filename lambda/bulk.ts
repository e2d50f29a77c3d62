import { bulkVerb } from './directory/bulk';
import { resourceTypes } from './directory/resource-types';
import { dispatch } from './gateway/dispatch';
import { resourceEndpoints } from './gateway/endpoints';
import { scimHandler } from './gateway/handler';
import { consoleLog } from './gateway/log';
import { host, services } from './services';

const operations = resourceTypes.flatMap(resourceEndpoints);

const bulk = bulkVerb(
  (inner, request) => dispatch(operations, request)(inner, request),
  (error) => consoleLog({ level: 'error', message: 'bulk operation failed', error: String(error) }),
);

export const handler = scimHandler([{ path: ['Bulk'], methods: new Map([['POST', bulk]]) }], services, host('bulk'));
