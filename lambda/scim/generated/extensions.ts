import type { Extension } from '../schema/extension';

/** Schemas from `extensions/`: none here; a bundle gets its own copy of this file, written by `scripts/validators.ts`. */
export const extensions: readonly Extension[] = [];
