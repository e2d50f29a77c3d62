import type { Plugin } from 'esbuild';
import { flowFiles } from '../library/testing/flow-files';

/** The package has the flows of the clients inside its bundle; a checkout reads their files. */
export function embeddedFlows(): Plugin {
  return {
    name: 'embedded-flows',
    setup(building) {
      building.onLoad({ filter: /[\\/]testing[\\/]flow-files\.ts$/ }, () => ({
        contents: `export const flowFiles = () => new Map(${JSON.stringify([...flowFiles()])});`,
        loader: 'js',
      }));
    },
  };
}
