/** The attribute of the directory table's items by which DynamoDB deletes them: seconds since the epoch, as a number. */
export const expiryAttribute = 'expires';

/** How long rows of activity are kept, in days, unless the deployer says otherwise. */
export const activityDays = 90;

/** For how many days deleted users and groups are kept whole, unless the deployer says otherwise. */
export const defaultRetentionDays = 30;

/** The most days for which they can be kept: their ids are kept for a year. */
export const maxRetentionDays = 365;

/** The most days for which rows of activity can be kept. */
export const maxActivityDays = 3650;

/** The indexes of the activity table, and the partition key of each. They have whole rows, in the order of the table. */
export const activityIndexes = { subject: 'subject', failures: 'failed', requests: 'byRequest' } as const;
