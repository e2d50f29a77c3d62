/** One row of an export: its place for messages, and its cells. */
export interface Row {
  /** Such as `users.csv line 7`. */
  readonly at: string;
  /** The cell of a column, by the name as `columnKey` makes it; undefined if the row has none. */
  cell(column: string): string | undefined;
}

/** An export as a table. */
export interface Table {
  /** The names of the columns as the file writes them; of JSON those of the first record. */
  readonly columns: readonly string[];
  /** What the lines before the header say about the group whose members the file lists, if they do. */
  readonly group?: string;
  readonly rows: AsyncIterable<Row>;
}

/**
 * A column's name for comparisons: exports write `Okta username`, `okta_username` and `oktaUsername`, and mark some
 * columns, as in `Email Address [Required]`.
 */
export function columnKey(name: string): string {
  return name
    .replace(/\[[^\]]*\]/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}
