import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import programs from '../bin/package.json';
import { name, version } from '../package.json';

interface Component {
  readonly 'bom-ref': string;
  name: string;
  readonly properties: readonly { readonly name: string }[];
}

/** The parts of a CycloneDX document that are changed here. */
interface BillOfMaterials {
  readonly metadata: { readonly component: Component };
  components: readonly Component[];
  dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/** What only builds and runs a checkout. */
const { esbuild, tsx, ...shippedPackages } = programs.dependencies;

/** What is deployed or shipped inside the bundles, and the workspace that is a package of its own. */
const direct = new Set([...Object.keys(shippedPackages), 'serverless-scim-local']);

/**
 * Prints the packages that are deployed or shipped as a software bill of materials. npm lists all packages; those for
 * development are left out here, because `npm sbom --omit dev` also leaves out what they share with the others.
 */
function main(): void {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const npm = spawnSync('npm', args, { cwd: resolve(__dirname, '..'), encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (npm.status !== 0) throw new Error(`npm ${args.join(' ')} failed: ${npm.error?.message ?? npm.stderr}`);
  const bill = JSON.parse(npm.stdout) as BillOfMaterials;
  const isDevelopment = ({ properties }: Component) =>
    properties.some((property) => property.name === 'cdx:npm:package:development');
  const development = bill.components.filter(isDevelopment).map((component) => component['bom-ref']);
  const edges = new Map(bill.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const root = `${name}@${version}`;
  // npm says that the package itself depends on all that it is developed with.
  edges.set(
    root,
    (edges.get(root) ?? []).filter((ref) => direct.has(nameOf(ref))),
  );
  const shipped = reached(root, edges, new Set(development));
  bill.components = bill.components.filter((component) => shipped.has(component['bom-ref']));
  bill.dependencies = bill.dependencies
    .filter(({ ref }) => shipped.has(ref))
    .map(({ ref }) => ({ ref, dependsOn: (edges.get(ref) ?? []).filter((other) => shipped.has(other)) }));
  // npm takes the names of the folders.
  for (const component of [bill.metadata.component, ...bill.components]) {
    component.name = nameOf(component['bom-ref']);
  }
  console.log(JSON.stringify(bill, null, 2));
}

const nameOf = (ref: string) => ref.replace(/@[^@]*$/, '');

/** What a package depends on, directly or not, and the package itself. */
function reached(
  from: string,
  edges: ReadonlyMap<string, readonly string[]>,
  leftOut: ReadonlySet<string>,
): ReadonlySet<string> {
  const found = new Set([from]);
  for (const ref of found) {
    for (const other of edges.get(ref) ?? []) if (!leftOut.has(other)) found.add(other);
  }
  return found;
}

main();
