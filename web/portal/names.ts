import type { Brand } from '../api/portal';

/** Puts the names that the operator has set into a text, with a capital letter at the beginning of a sentence. */
export function fillNames(
  text: string,
  { productName, operatorName }: Pick<Brand, 'productName' | 'operatorName'>,
): string {
  const names = { product: productName, operator: operatorName };
  return text.replace(/\{(product|operator)\}/g, (_, name: keyof typeof names, at: number) =>
    /(?:^|[.?!] )$/.test(text.slice(0, at)) ? capital(names[name]) : names[name],
  );
}

/** A text with its first letter as a capital. */
export const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
