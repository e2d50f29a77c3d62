import type { DynamoDBRecord } from 'aws-lambda';
import { sweepRequest } from '../../lambda/changes/sweeps';
import cases from './sweeps.json';

interface Case {
  readonly name: string;
  readonly record: {
    readonly eventName: string;
    readonly keys?: readonly string[];
    readonly new?: Readonly<Record<string, string>>;
  };
  readonly request?: object;
  readonly error?: string;
}

const strings = (values: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { S: value }]));

function toRecord({ eventName, keys, new: after }: Case['record']): DynamoDBRecord {
  const [pk, sk] = keys ?? [];
  return {
    eventName: eventName as 'INSERT',
    dynamodb: {
      Keys: pk && sk ? strings({ pk, sk }) : strings({ group: 't#g1', member: 't#u1' }),
      ...(after ? { NewImage: strings(after) } : {}),
    },
  };
}

test.each(cases as readonly Case[])('$name', ({ record, request, error }) => {
  const read = () => sweepRequest(toRecord(record));
  if (error === undefined) expect(read()).toEqual(request);
  else expect(read).toThrow(error);
});
