import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withoutDepartures } from './departures';
import type { Place } from './place';

const root = resolve(__dirname, '../..');

/** The CDK's command line, as a deployer uses it, at one place. */
export class Cdk {
  private readonly deployed = new Set<string>();

  constructor(
    private readonly place: Place,
    private readonly folder: string,
  ) {}

  /** Prepares the account. On AWS that has been done, once for all, by whoever owns it. */
  bootstrap(): void {
    if (!this.place.endpoint) return;
    const template = join(this.folder, 'bootstrap.json');
    writeFileSync(template, this.run('bootstrap', '--show-template', '--json'));
    if (this.place.departs) edit(template);
    // Named, so that no app has to say which account and region: every emulator has this one.
    this.run('bootstrap', '--template', template, 'aws://000000000000/us-east-1');
  }

  /** Deploys a stack with these settings. */
  deploy(stackName: string, settings: Readonly<Record<string, string>>): void {
    const app = join(this.folder, `${stackName}.out`);
    mkdirSync(app, { recursive: true });
    const context = Object.entries({ ...settings, stackName }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    this.run('synth', '--quiet', '--output', app, ...context);
    if (this.place.departs) edit(join(app, `${stackName}.template.json`));
    this.deployed.add(stackName);
    this.run('deploy', '--app', app, '--require-approval', 'never');
  }

  /** Removes a stack that `deploy` deployed. */
  destroy(stackName: string): void {
    this.run('destroy', '--app', join(this.folder, `${stackName}.out`), '--force', stackName);
    this.deployed.delete(stackName);
  }

  /** Removes every stack of which a deployment was tried. */
  destroyAll(): void {
    for (const stackName of this.deployed) this.destroy(stackName);
  }

  private run(...args: readonly string[]): string {
    const cdk = join(root, 'node_modules/aws-cdk/bin/cdk');
    // The tests' own bundles are those in dist: `npm run test:deploy` has just made them.
    const env = { ...process.env, CDK_VALIDATION: 'false' };
    const run = spawnSync(process.execPath, [cdk, '--no-notices', ...args], { cwd: root, env, encoding: 'utf8' });
    if (run.status === 0) return run.stdout;
    throw new Error(`cdk ${args.join(' ')} failed:\n${run.stdout.slice(-3000)}\n${run.stderr.slice(-6000)}`);
  }
}

function edit(template: string): void {
  writeFileSync(template, JSON.stringify(withoutDepartures(JSON.parse(readFileSync(template, 'utf8')))));
}
