import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { emulatedAccount, runCdk } from '../../emulator/cdk';
import { withoutDepartures } from './departures';
import type { Place } from './place';

const checkout = resolve(__dirname, '../..');

/** Prepares an emulator's account. On AWS, the owner of the account has done that. */
export async function bootstrap(place: Place, folder: string, env: NodeJS.ProcessEnv): Promise<void> {
  if (!place.endpoint) return;
  const run = { folder: checkout, output: join(folder, 'bootstrap.out'), env };
  const template = join(folder, 'bootstrap.json');
  writeFileSync(template, await runCdk(['bootstrap', '--show-template', '--json'], run));
  if (place.departs) edit(template);
  await runCdk(['bootstrap', '--template', template, emulatedAccount], run);
}

/** The CDK's command line, as a deployer uses it, for the app of one checkout at one place. */
export class Cdk {
  private readonly deployed = new Set<string>();

  constructor(
    private readonly place: Place,
    private readonly folder: string,
    private readonly app = checkout,
  ) {}

  /** Deploys a stack with these settings. */
  async deploy(stackName: string, settings: Readonly<Record<string, string>>): Promise<void> {
    const assembly = this.assembly(stackName);
    mkdirSync(assembly, { recursive: true });
    const context = Object.entries({ ...settings, ...this.place.settings, stackName }).flatMap(([name, value]) => [
      '-c',
      `${name}=${value}`,
    ]);
    await this.run(stackName, 'synth', '--quiet', ...context);
    if (this.place.departs) edit(join(assembly, `${stackName}.template.json`));
    this.deployed.add(stackName);
    await this.run(stackName, 'deploy', '--app', assembly, '--require-approval', 'never');
  }

  /** Removes a stack that `deploy` deployed. */
  async destroy(stackName: string): Promise<void> {
    await this.run(stackName, 'destroy', '--app', this.assembly(stackName), '--force', stackName);
    this.deployed.delete(stackName);
  }

  /** Removes every stack that a test tried to deploy. */
  async destroyAll(): Promise<void> {
    for (const stackName of this.deployed) await this.destroy(stackName);
  }

  private assembly(stackName: string): string {
    return join(this.folder, `${stackName}.out`);
  }

  private run(stackName: string, ...args: readonly string[]): Promise<string> {
    return runCdk(args, { folder: this.app, output: this.assembly(stackName), env: process.env });
  }
}

function edit(template: string): void {
  writeFileSync(template, JSON.stringify(withoutDepartures(JSON.parse(readFileSync(template, 'utf8')))));
}
