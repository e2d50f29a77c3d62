import { setTimeout as sleep } from 'node:timers/promises';
import { loadFlows } from '../../traffic/load';
import { describeFailures } from '../../traffic/report';
import { runFlow } from '../../traffic/run';
import { type Send, sendHttp } from '../../traffic/send';

/**
 * A simulated Okta, or another identity provider by its flow, that provisions round after round, with the latest token that
 * it was given.
 */
export class Okta {
  readonly failures: string[] = [];
  /** The status of every response, 0 if there was none. */
  readonly statuses: number[] = [];
  private rounds = 0;
  private ended = false;
  private readonly done: Promise<void>;

  constructor(
    private readonly baseUrl: string,
    public token: string,
    private readonly sender: Send = sendHttp,
    private readonly flowName = 'okta/crud-test',
  ) {
    this.done = this.provision();
  }

  /** Waits for whole rounds. */
  async rest(rounds = 3): Promise<void> {
    const until = this.rounds + rounds;
    // The wait also ends when the rounds end, in particular by a failure.
    while (this.rounds < until && !this.ended) await Promise.race([this.done, sleep(20)]);
  }

  async end(): Promise<void> {
    this.ended = true;
    await this.done;
  }

  private async provision(): Promise<void> {
    const flow = loadFlows().find(({ name }) => name === this.flowName);
    if (!flow) throw new Error(`traffic/clients/${this.flowName}.json is gone`);
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
