import templates from './templates.json';

/** The id of a sentence. */
export type TemplateId = keyof typeof templates;

/**
 * The sentences of activity, by id. `{name}` is a value of the row. `{added|member|members}` is a number with its noun.
 * What stands in brackets is left out where its value is missing or 0.
 */
export const sentences: Readonly<Record<TemplateId, string>> = templates;

/** Whether it is the id of a sentence. */
export function isTemplate(id: unknown): id is TemplateId {
  return typeof id === 'string' && Object.hasOwn(templates, id);
}
