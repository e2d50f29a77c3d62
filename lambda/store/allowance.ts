import type { ScimError } from '../scim/message/error';

/** How much a store call may still read, in the unit that the caller counts. */
export class Allowance {
  /** @param exceeded the error for the first read past `left` */
  constructor(
    private left: number,
    private readonly exceeded: () => ScimError,
  ) {}

  /** How much is left. */
  get rest(): number {
    return this.left;
  }

  /** Counts what was read. @throws ScimError past the allowance */
  take(amount: number): void {
    this.left -= amount;
    if (this.left < 0) throw this.exceeded();
  }
}
