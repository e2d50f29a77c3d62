import { playFlows } from './play-flows';

// The larger ones have their own files, so that they run in parallel.
playFlows((client) => !['okta', 'entra', 'errors'].includes(client));
