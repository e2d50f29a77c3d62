import type { ScimError } from '../scim/message/error';

/** How much a call of the store may still read, of what the caller counts. */
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

  /** Counts what was read. @throws ScimError when that is too much */
  take(amount: number): void {
    this.left -= amount;
    if (this.left < 0) throw this.exceeded();
  }
}
