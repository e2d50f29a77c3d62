const paths = {
  alert: 'M8 5v4m0 2.5v.01M7.1 2.2 1.6 11.9a1 1 0 0 0 .9 1.6h11a1 1 0 0 0 .9-1.6L8.9 2.2a1 1 0 0 0-1.8 0Z',
  back: 'm9.5 12.5-4.5-4.5 4.5-4.5',
  check: 'm3 8.5 3.2 3.2L13 4.8',
  chevron: 'm6 12.5 4.5-4.5L6 3.5',
  close: 'm4 4 8 8m0-8-8 8',
  copy: 'M5.5 5.5v-3h8v8h-3m-8-5h8v8h-8z',
  info: 'M8 7.5v4m0-7v.01M14.2 8A6.2 6.2 0 1 1 1.8 8a6.2 6.2 0 0 1 12.4 0Z',
  key: 'M9.8 6.2 14 2m-2.5 2.5 2 2M10.5 9a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0Z',
  plus: 'M8 3v10M3 8h10',
  search: 'm13.5 13.5-3.3-3.3m1.3-3.2a4.5 4.5 0 1 1-9 0 4.5 4.5 0 0 1 9 0Z',
  user: 'M8 8.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6Zm-5.5 5a5.5 5.5 0 0 1 11 0',
  users:
    'M6 8a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 6 8Zm-4.8 5.5a4.8 4.8 0 0 1 9.6 0M11 3a2.5 2.5 0 0 1 0 4.9m1.5 1.9a4.5 4.5 0 0 1 2.3 3.7',
} as const;

/** The name of a picture. */
export type IconName = keyof typeof paths;

/** A small picture beside a text that says the same; it is hidden from screen readers. */
export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={paths[name]} />
    </svg>
  );
}
