/** The picture of the product, in a square of 32: lines without a fill. */
export const logo = 'M16 15.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM7.5 25a8.5 8.5 0 0 1 17 0';
