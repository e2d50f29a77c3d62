/** How many resources a page holds unless the client asks for fewer or more. */
export const defaultPageSize = 100;

/** How many resources a page holds at most. */
export const maxPageSize = 200;

/** For how many seconds a cursor is valid. */
export const cursorTimeout = 3600;

/** How many operations a bulk request holds at most. */
export const maxBulkOperations = 100;

/** How many bytes a request body has at most. */
export const maxBodyBytes = 4 * 1024 * 1024;

/** How many bytes of resources a list or a search reads at most. */
export const maxReadBytes = 8 * 1024 * 1024;

/** How many memberships a request reads for all that it shows or compares; no response of 6 MB holds more. */
export const maxReadMemberships = 120_000;

/** How many memberships one request may change. */
export const maxMemberChanges = 20_000;
