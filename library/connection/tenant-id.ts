/** Whether it has the form of a tenant's id. Any other text could lead to keys of other items. */
export const isTenantId = (text: string): boolean => /^[a-z0-9]{12}$/.test(text);
