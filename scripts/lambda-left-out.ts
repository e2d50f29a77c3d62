/*
 * Replaces what clients of the SDK are made with and what a function never uses. Whatever uses one of these after all fails
 * with an error that says so.
 */

function leftOut(name: string): never {
  throw new Error(
    `${name} of the AWS SDK is not in this bundle, because no function used it: adapt scripts/lambda-sdk.ts.`,
  );
}

/** Of endpoint discovery, which is off by default. */
export class EndpointCache {
  get = () => leftOut('EndpointCache');
  set = () => leftOut('EndpointCache');
  delete = () => leftOut('EndpointCache');
}

/** Signs event streams. */
export class HeaderFormatter {
  format = () => leftOut('HeaderFormatter');
}

/** For a Node without `crypto`. */
export class Sha256Js {
  constructor() {
    leftOut('Sha256Js');
  }
}

/** Of the protocol that `lambda-json-protocol.ts` replaces. */
export class DynamoDBJsonCodec2 {
  createSerializer = () => leftOut('DynamoDBJsonCodec2');
  createDeserializer = () => leftOut('DynamoDBJsonCodec2');
}

/** Of the document client's own values, which `lambda/store/wire.ts` converts. */
export const convertToAttr = () => leftOut('convertToAttr');
export const convertToNative = () => leftOut('convertToNative');
