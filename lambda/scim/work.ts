import { type ScimError, throttled, tooLarge } from './message/error';
import { maxMemberChanges } from './message/limits';
import { fold, isPlain } from './text/fold';

/**
 * How much work one request may take. A unit is about the time to examine one byte of plain text, some five
 * nanoseconds; `npm run bench:worst` compares the worst requests with one second.
 */
export const workLimit = 100_000_000;

/** How many characters of folded texts are cached, so that no text is folded at every comparison. */
const keptCharacters = 2_000_000;

/** How many units it takes at most to fold a character of a text that is not plain. */
const otherText = 24;

/** Folding a shorter plain text is faster than looking it up. */
const shortText = 64;

const tooOften = 'Other requests kept changing the resource, and this one was applied too often. Try again.';

/** The work of one request: counted in units, over all that it does, and refused past the limit. */
export class Work {
  private done = 0;
  private memberships = 0;
  private kept = 0;
  private refuse = () => tooLarge('The request is more work than one request may be. Send it in smaller requests.');
  private isRepeated = false;
  private readonly folded = new Map<string, string>();

  constructor(private readonly limit = workLimit) {}

  /** How many units were spent. */
  get units(): number {
    return this.done;
  }

  /** Whether the request was refused for its work. */
  get isSpent(): boolean {
    return this.done > this.limit || this.memberships > maxMemberChanges;
  }

  /**
   * Notes that the work is done again because another request came first. All attempts count, so that the limit bounds the
   * CPU of the request. Past the limit, a request that may be small enough on its own is then refused with 429, not 413.
   */
  repeat(): void {
    this.isRepeated = true;
  }

  /** Counts units. @throws ScimError past the limit: 413, or 429 for work that was repeated */
  spend(units: number): void {
    this.done += units;
    if (this.isSpent) throw this.isRepeated ? throttled(tooOften, 2) : this.refuse();
  }

  /**
   * Counts changes of memberships, which also have a limit of their own: for all operations of a bulk request together,
   * the one that each request has. @throws ScimError as `spend`
   */
  changeMemberships(count: number, units: number): void {
    this.memberships += count;
    this.spend(units);
  }

  /** Sets the error for steps that have none of their own. */
  refuseBy(refuse: () => ScimError): void {
    this.refuse = refuse;
  }

  /** Runs a step that has its own error. @throws what `refuse` makes, past the limit */
  within<Result>(refuse: () => ScimError, step: () => Result): Result {
    const outer = this.refuse;
    this.refuse = refuse;
    try {
      return step();
    } finally {
      this.refuse = outer;
    }
  }

  /** A text without letter case, as `fold` makes it, once for each text. @throws ScimError 413 past the limit */
  fold(text: string): string {
    const known = text.length > shortText ? this.folded.get(text) : undefined;
    if (known !== undefined) return known;
    const plain = isPlain(text);
    this.spend(plain ? text.length : text.length * otherText);
    const folded = plain ? text.toLowerCase() : fold(text);
    if (text.length > shortText) this.keep(text, folded);
    return folded;
  }

  private keep(text: string, folded: string): void {
    this.kept += text.length;
    if (this.kept > keptCharacters) {
      this.folded.clear();
      this.kept = text.length;
    }
    this.folded.set(text, folded);
  }
}
