import { playFlows } from './play-flows';

// The larger ones have a file of their own, so that they run at the same time.
playFlows((client) => !['okta', 'entra', 'errors'].includes(client));
