/** The attribute of the directory table's items by which DynamoDB deletes them: seconds since the epoch, as a number. */
export const expiryAttribute = 'expires';

/** How long rows of activity are kept, in days, unless the deployer says otherwise. */
export const activityDays = 90;
