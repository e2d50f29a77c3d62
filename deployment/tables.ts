/** The attribute of the directory table's items by which DynamoDB deletes them: seconds since the epoch, as a number. */
export const expiryAttribute = 'expires';
