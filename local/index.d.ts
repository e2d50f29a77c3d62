/** The file of the thread that runs an endpoint for `startLocal` of `serverless-scim/testing`. */
export const threadFile: string;
