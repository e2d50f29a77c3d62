import { bulkHandler } from './directory/bulk';
import { resourceTypes } from './directory/resource-types';
import { dispatch } from './gateway/dispatch';
import { resourceEndpoints } from './gateway/endpoints';
import { failedOperation } from './gateway/failed-operation';
import { scimHandler } from './gateway/handler';
import { host, services } from './services';

const operations = resourceTypes.flatMap(resourceEndpoints);

const bulkHost = host('bulk');
const bulk = bulkHandler(
  (inner, request) => dispatch(operations, request)(inner, request),
  (error, { requestId }) => bulkHost.log(failedOperation(bulkHost.deployment, requestId, error, services.now())),
);

export const handler = scimHandler([{ path: ['Bulk'], methods: new Map([['POST', bulk]]) }], services, bulkHost);
