const idForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether this can be the id of a resource; nothing else is looked for, whatever a client sends in its place. */
export function isId(text: string): boolean {
  return idForm.test(text);
}
