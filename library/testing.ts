/**
 * An endpoint in memory, for tests of an application, and the requests of real identity providers.
 *
 * @module serverless-scim/testing
 */

export { MissingPackageError, RefusedError, ScimLibraryError, type ScimLibraryErrorCode } from './errors';
export type { LocalEvent } from './testing/event';
export { type LocalScim, type StartLocalOptions, startLocal } from './testing/local';
export { listFlows, type Played, type PlayedStep, type PlayTarget, play } from './testing/play';
