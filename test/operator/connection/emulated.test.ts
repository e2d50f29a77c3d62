import { type EmulatedAddress, emulatedAddress } from '../../../operator/connection/emulated';
import cases from './emulated.json';

interface Case {
  readonly what: string;
  readonly output: string;
  readonly endpoint?: string;
  readonly address?: EmulatedAddress;
}

test.each(cases as readonly Case[])('where $what serves the API', ({ output, endpoint, address }) => {
  expect(emulatedAddress(output, endpoint)).toEqual(address);
});
