import { text } from 'node:stream/consumers';
import type { Endpoint } from '../../local/endpoint';
import { names } from '../../local/environment';
import { serveHttp } from '../http-server';

/** A response of CloudFormation: status and body. */
export type StandInResponse = readonly [status: number, body: string];

/**
 * A stand-in for the calls of CloudFormation that `scim-admin` uses. It gives the same response to every call, also of
 * other services.
 */
export interface AwsStandIn {
  readonly url: string;
  /** The requests that it received, newest last. */
  readonly asked: URLSearchParams[];
  answer: StandInResponse;
  close(): Promise<void>;
}

export async function startAws(): Promise<AwsStandIn> {
  const server = await serveHttp(async (request, response) => {
    standIn.asked.push(new URLSearchParams(await text(request)));
    const [status, body] = standIn.answer;
    response.writeHead(status, { 'Content-Type': body.startsWith('<') ? 'text/xml' : 'application/x-amz-json-1.1' });
    response.end(body);
  });
  const standIn: AwsStandIn = {
    url: server.url,
    asked: [],
    answer: [500, ''],
    close: server.close,
  };
  return standIn;
}

/** A stack with outputs, as CloudFormation describes it. */
export function stack(outputs: Readonly<Record<string, string>>): StandInResponse {
  const members = Object.entries(outputs).map(
    ([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`,
  );
  return [
    200,
    `<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks>
       <member><StackName>any</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2020-01-02T03:04:05Z</CreationTime>
         <Outputs>${members.join('')}</Outputs></member></Stacks></DescribeStacksResult></DescribeStacksResponse>`,
  ];
}

/** The stack of an endpoint on this machine. */
export function stackOf({ url, stage }: Pick<Endpoint, 'url' | 'stage'>): StandInResponse {
  return stack({
    BaseUrl: `${url}/${stage}/{tenantId}/scim/v2`,
    DirectoryTable: names.directoryTable,
    MembershipsTable: names.membershipsTable,
    ActivityTable: names.activityTable,
    SecretPrefix: names.secretPrefix,
    MaxTokenDays: '366',
    AuthorizerLog: names.authorizerLog,
    UsagePlanLow: 'low',
    UsagePlanStandard: 'standard',
    UsagePlanHigh: 'high',
  });
}

/** A refusal by CloudFormation. */
export function refusal(code: string, message: string): StandInResponse {
  return [
    400,
    `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type>
       <Code>${code}</Code><Message>${message}</Message></Error><RequestId>1</RequestId></ErrorResponse>`,
  ];
}
