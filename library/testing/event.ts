/** An event as EventBridge delivers it to a function. */
export interface LocalEvent {
  readonly 'detail-type': string;
  readonly source: string;
  readonly detail: Readonly<Record<string, unknown>>;
}
