/** Resources on a page when the client does not say, and at the most. */
export const defaultPageSize = 100;
export const maxPageSize = 200;

/** How long a cursor is valid, in seconds. */
export const cursorTimeout = 3600;

/** The largest request body, in bytes. */
export const maxBodyBytes = 4 * 1024 * 1024;

/** Operations in one bulk request. */
export const maxBulkOperations = 100;
