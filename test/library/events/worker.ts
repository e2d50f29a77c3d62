import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { Mirror } from '../../../examples/mirror/mirror';
import { type Directory, openDirectory } from '../../../library/directory';

export const mirrorTable = 'mirror';

/**
 * A process with the mirror, whose calls to DynamoDB run one at a time, when a test says so: so that it can be killed
 * before or after each, and other things can happen between any two.
 */
export class Worker {
  private readonly waiting: (() => Promise<unknown>)[] = [];
  private readonly client = new DynamoDBClient({});
  private readonly directory: Directory;
  private readonly mirror: Mirror;
  private working = 0;
  private failure: unknown;
  /** How many calls have run. */
  calls = 0;

  constructor(tables: { readonly directory: string; readonly memberships: string }) {
    this.client.middlewareStack.add(
      (next) => (args) =>
        new Promise((resolve, reject) => {
          this.waiting.push(() => next(args).then(resolve, reject));
        }),
      { step: 'initialize', priority: 'high' },
    );
    this.directory = openDirectory({ tables, client: this.client });
    this.mirror = new Mirror(DynamoDBDocumentClient.from(this.client), mirrorTable);
  }

  fill(tenantId: string): void {
    this.start(() => this.mirror.fill(this.directory, tenantId));
  }

  apply(event: unknown, done = () => {}): void {
    this.start(() => this.mirror.apply(event).then(done));
  }

  private start(work: () => Promise<void>): void {
    this.working += 1;
    work().then(
      () => {
        this.working -= 1;
      },
      (error: unknown) => {
        this.failure = error;
      },
    );
  }

  /** Runs calls, as many as there are up to a number. Returns whether there may be more. */
  async run(most: number): Promise<boolean> {
    for (let left = most; left > 0; left--) {
      for (let idle = 0; this.waiting.length === 0 && idle < 50; idle++) await new Promise(setImmediate);
      if (this.failure !== undefined) throw this.failure;
      const call = this.waiting.shift();
      if (!call) return this.working > 0;
      this.calls += 1;
      await call();
    }
    return true;
  }

  /** Runs to the end of all work. */
  async finish(): Promise<void> {
    while (this.working > 0) await this.run(1);
  }

  /** Ends the process, as if by power. With `late`, the call under way still arrives, and its response is lost. */
  async kill(late: boolean): Promise<void> {
    const [call] = this.waiting.splice(0);
    if (late) await call?.();
    this.waiting.length = 0;
    this.waiting.push = () => 0;
  }
}
