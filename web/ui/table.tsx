import type { ComponentChildren } from 'preact';

/** A column: its title, and what a row shows in it. */
export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Numbers stand at the right. */
  readonly numeric?: boolean;
  /** Left out of the cards of narrow screens. */
  readonly isWide?: boolean;
  /** Buttons need no title in the cards of narrow screens. */
  readonly isAction?: boolean;
}

interface TableProps<Row> {
  /** What the table has, for screen readers. */
  readonly caption: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
}

/**
 * A table whose rows become cards on narrow screens. The first column names the row; a link in it, made by `RowLink`, can
 * be clicked anywhere on the row.
 */
export function Table<Row>({ caption, columns: all, rows, keyOf }: TableProps<Row>) {
  // A column in which no row has anything says nothing.
  const columns = all.filter(({ cell }) => rows.some((row) => !isEmpty(cell(row))));
  return (
    <table class="table">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ title, numeric, isAction }) => (
            <th key={title} scope="col" class={numeric ? 'numeric' : undefined}>
              {isAction ? <span class="visually-hidden">{title}</span> : title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={keyOf(row)}>
            {columns.map((column, index) => (
              <Cell key={column.title} column={column} row={row} isFirst={index === 0} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const isEmpty = (content: ComponentChildren) =>
  content === undefined || content === null || content === false || content === '';

function Cell<Row>({
  column,
  row,
  isFirst,
}: {
  readonly column: Column<Row>;
  readonly row: Row;
  readonly isFirst: boolean;
}) {
  const content = column.cell(row);
  const classes = [
    column.numeric && 'numeric',
    column.isAction && 'cell-action',
    column.isWide && 'cell-wide',
    isEmpty(content) && 'cell-empty',
  ]
    .filter(Boolean)
    .join(' ');
  if (isFirst) return <th scope="row">{content}</th>;
  return (
    <td class={classes || undefined} data-label={column.isAction ? undefined : column.title}>
      {content}
    </td>
  );
}

/** A link that covers its row. */
export function RowLink({
  href,
  children,
  current,
}: {
  readonly href: string;
  readonly children: ComponentChildren;
  readonly current?: boolean;
}) {
  return (
    <a class="row-link" href={href} aria-current={current ? 'true' : undefined}>
      {children}
    </a>
  );
}
