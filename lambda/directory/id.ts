const idForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text can be the id of a resource; other texts are not looked up. */
export function isId(text: string): boolean {
  return idForm.test(text);
}
