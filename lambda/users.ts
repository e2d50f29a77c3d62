import { userType } from './directory/resource-types';
import { resourceEndpoints } from './gateway/endpoints';
import { scimHandler } from './gateway/handler';
import { host, services } from './services';

export const handler = scimHandler(resourceEndpoints(userType), services, host('users'));
