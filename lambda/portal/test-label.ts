/** The label of the token of a self test: what comes with it is not the identity provider's doing. */
export const testLabel = 'test of the portal';
