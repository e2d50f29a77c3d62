import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { name } from '../package.json';

/** The parts of a CycloneDX document that are changed here. */
interface BillOfMaterials {
  readonly metadata: { readonly component: { name: string } };
  components: readonly { readonly 'bom-ref': string; readonly properties: readonly { readonly name: string }[] }[];
  dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

/**
 * Prints the packages that are deployed or shipped as a software bill of materials. npm lists all packages; those for
 * development are left out here, because `npm sbom --omit dev` also leaves out what they share with the others.
 */
function main(): void {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const npm = spawnSync('npm', args, { cwd: resolve(__dirname, '..'), encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (npm.status !== 0) throw new Error(`npm ${args.join(' ')} failed: ${npm.error?.message ?? npm.stderr}`);
  const bill = JSON.parse(npm.stdout) as BillOfMaterials;
  const isDevelopment = ({ properties }: BillOfMaterials['components'][number]) =>
    properties.some((property) => property.name === 'cdx:npm:package:development');
  const left = new Set(bill.components.filter(isDevelopment).map((component) => component['bom-ref']));
  bill.components = bill.components.filter((component) => !isDevelopment(component));
  bill.dependencies = bill.dependencies
    .filter(({ ref }) => !left.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => !left.has(other)) }));
  // npm takes the name of the folder.
  bill.metadata.component.name = name;
  console.log(JSON.stringify(bill, null, 2));
}

main();
