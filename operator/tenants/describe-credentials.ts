/** Lists tokens or clients with what an operator needs to choose one: id, label and last use. */
export function describeCredentials(
  credentials: Iterable<readonly [string, { readonly label?: string; readonly lastUse?: string }]>,
): string {
  return [...credentials]
    .map(([id, { label, lastUse }]) => {
      const use = lastUse === undefined ? 'never used' : `last used ${lastUse.slice(0, 'yyyy-mm-dd'.length)}`;
      return `${id} (${label === undefined ? '' : `${label}, `}${use})`;
    })
    .join(', ');
}
