/** The longest that an API token may live, in days, where a deployment does not say otherwise: a year, leap years too. */
export const defaultMaxTokenDays = 366;

/** The most that a deployment may choose, in days: ten years. */
export const mostTokenDays = 3_650;
