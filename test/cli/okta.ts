import { setTimeout as sleep } from 'node:timers/promises';
import { loadFlows } from '../../traffic/load';
import { describeFailures } from '../../traffic/report';
import { runFlow } from '../../traffic/run';
import { type Send, sendHttp } from '../../traffic/send';

/** An Okta that goes on provisioning, round after round, with the token that it has been given last. */
export class Okta {
  readonly failures: string[] = [];
  /** The status of every answer, 0 where there was none. */
  readonly statuses: number[] = [];
  private rounds = 0;
  private ended = false;
  private readonly done: Promise<void>;

  constructor(
    private readonly baseUrl: string,
    public token: string,
    private readonly sender: Send = sendHttp,
  ) {
    this.done = this.provision();
  }

  /** Lets whole rounds go by. */
  async rest(rounds = 3): Promise<void> {
    const until = this.rounds + rounds;
    // The end of it all ends the wait too, above all when it is a failure.
    while (this.rounds < until && !this.ended) await Promise.race([this.done, sleep(20)]);
  }

  async end(): Promise<void> {
    this.ended = true;
    await this.done;
  }

  private async provision(): Promise<void> {
    const flow = loadFlows().find(({ name }) => name === 'okta/crud-test');
    if (!flow) throw new Error('traffic/clients/okta/crud-test.json is gone');
    for (; !this.ended; this.rounds++) {
      const target = { baseUrl: this.baseUrl, token: this.token, profile: 'identity-center', timed: false };
      const failures = describeFailures(await runFlow(flow, { ...target, send: this.send }));
      if (failures !== '') this.failures.push(failures);
    }
  }

  private readonly send: Send = async (outgoing) => {
    const answer = await this.sender(outgoing);
    this.statuses.push('noAnswer' in answer ? 0 : answer.status);
    return answer;
  };
}
