import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { validatorsModule } from './validators';

/** Writes the validators of the schemas without extensions: the bundles and the sources load them. */
writeFileSync(join(__dirname, '..', 'lambda', 'scim', 'generated', 'validators.js'), validatorsModule([]));
