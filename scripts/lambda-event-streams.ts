/** Replaces the SDK's event streams in the bundles; we call no operation that uses them. */
export {};
