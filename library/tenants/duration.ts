const hour = 3_600_000;

/** Hours in milliseconds; undefined stays undefined. */
export const hours = (count: number | undefined): number | undefined => times(count, hour);

/** Days in milliseconds; undefined stays undefined. */
export const days = (count: number | undefined): number | undefined => times(count, 24 * hour);

const times = (count: number | undefined, unit: number) => (count === undefined ? undefined : count * unit);
