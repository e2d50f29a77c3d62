import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import { endProgram, type Peer, pidOf, printed, startProgram } from './peer';
import { findPostgres, startPostgres } from './postgres';

const project = resolve('bench', 'peers', 'django-scim2');
const environment = resolve('.venv', 'django-scim2');

/** django-scim2 under gunicorn, two processes of four threads each, with PostgreSQL. Its CPU includes the database's. */
export async function startDjango(folder: string): Promise<Peer | string> {
  const programs = findPostgres();
  if (!programs) return 'PostgreSQL is not installed (Debian: apt-get install postgresql).';
  const problem = install();
  if (problem) return problem;
  const postgres = await startPostgres(programs);
  const token = randomBytes(32).toString('hex');
  const env = {
    ...process.env,
    DJANGO_SETTINGS_MODULE: 'peer.settings',
    HOME: folder,
    PEER_SOCKETS: postgres.sockets,
    PEER_TOKEN: token,
    PYTHONDONTWRITEBYTECODE: '1',
  };
  execFileSync(join(environment, 'bin', 'python'), ['-m', 'peer.create_tables'], { cwd: project, env });
  const gunicorn = startProgram(
    join(environment, 'bin', 'gunicorn'),
    ['--workers', '2', '--worker-class', 'gthread', '--threads', '4', '--bind', '127.0.0.1:0', 'peer.wsgi'],
    { cwd: project, env },
  );
  const [origin = ''] = await printed(gunicorn, /Listening at: (\S+)/);
  return {
    name: 'django-scim2',
    baseUrl: `${origin}/scim/v2`,
    token,
    processes: [pidOf(gunicorn), pidOf(postgres.child)],
    async stop() {
      await endProgram(gunicorn);
      await postgres.stop();
    },
  };
}

/** Installs the pinned packages into a virtual environment of the checkout. Returns the reason if that is not possible. */
function install(): string | undefined {
  const steps: readonly (readonly [string, readonly string[], string])[] = [
    ['python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 10))'], 'Python 3.10 or newer is not there.'],
    ['python3', ['-m', 'venv', environment], 'Python has no venv (Debian: apt-get install python3-venv).'],
    [
      join(environment, 'bin', 'pip'),
      ['install', '--quiet', '--disable-pip-version-check', '--no-deps', '-r', join(project, 'requirements.txt')],
      'django-scim2 cannot be installed from PyPI.',
    ],
  ];
  for (const [program, args, problem] of steps) {
    try {
      execFileSync(program, args, { stdio: 'ignore' });
    } catch {
      return problem;
    }
  }
  return undefined;
}
