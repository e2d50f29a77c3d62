import type { FlowResult } from './run';
import { sendHttp } from './send';
import type { Target } from './target';

/**
 * Deletes the resources that a flow created and did not delete, newest first. Returns the URLs of those that the endpoint
 * did not delete.
 */
export async function cleanUp(result: FlowResult, target: Target): Promise<readonly string[]> {
  const left: string[] = [];
  for (const url of result.created.toReversed()) {
    const headers = { Authorization: `Bearer ${target.token}`, ...target.headers };
    const answer = await (target.send ?? sendHttp)({ method: 'DELETE', url, headers });
    if ('noAnswer' in answer || ![204, 404].includes(answer.status)) left.push(url);
  }
  return left;
}
