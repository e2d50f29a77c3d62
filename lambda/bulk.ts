import { bulkVerb } from './directory/bulk';
import { resourceTypes } from './directory/resource-types';
import { dispatch } from './gateway/dispatch';
import { resourceEndpoints } from './gateway/endpoints';
import { scimHandler } from './gateway/handler';
import { consoleLog, describeError } from './gateway/log';
import { host, services } from './services';

const operations = resourceTypes.flatMap(resourceEndpoints);

const bulk = bulkVerb(
  (inner, request) => dispatch(operations, request)(inner, request),
  (error, { requestId }) =>
    consoleLog({ level: 'error', message: 'bulk operation failed', requestId, error: describeError(error) }),
);

export const handler = scimHandler([{ path: ['Bulk'], methods: new Map([['POST', bulk]]) }], services, host('bulk'));
