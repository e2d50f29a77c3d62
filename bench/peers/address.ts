/** Where a measured server listens, and the token it accepts. A server of ours to measure sends it to its parent. */
export interface Address {
  readonly baseUrl: string;
  readonly token: string;
}
