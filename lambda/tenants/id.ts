/** Whether a text has the form of the ids that `makeId` makes. Any other text could lead to keys of other items. */
export const hasIdForm = (text: string): boolean => /^[a-z0-9]{12}$/.test(text);
