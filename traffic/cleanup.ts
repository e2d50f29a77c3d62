import type { FlowResult } from './run';
import { sendHttp } from './send';
import type { Target } from './target';

/**
 * Deletes what a flow created and did not delete itself, newest first. Gives the URLs that are still there because the
 * endpoint would not delete them.
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
