const numbers = new Intl.NumberFormat('en');

/** A whole number with separators of thousands: `10,000`. */
export const count = (value: number): string => numbers.format(value);

/** A number with its noun: `1 user`, `10,000 users`. */
export const plural = (value: number, noun: string): string => `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
