import { Duration } from 'aws-cdk-lib';
import { type IMetric, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { inverseIndex, modifiedIndex, type Tables } from './table-constructs';

/** A DynamoDB metric by table and index: a table's metric does not include its indexes. */
export function ofTablesAndIndexes(tables: Tables, metricName: string, word = metricName): IMetric[] {
  const index = (TableName: string, GlobalSecondaryIndexName: string) =>
    metric({ TableName, GlobalSecondaryIndexName }, metricName, `${GlobalSecondaryIndexName} ${word}`);
  return [
    metric({ TableName: tables.directory.tableName }, metricName, `directory ${word}`),
    metric({ TableName: tables.memberships.tableName }, metricName, `memberships ${word}`),
    index(tables.directory.tableName, modifiedIndex),
    index(tables.memberships.tableName, inverseIndex),
    ...ofActivity(tables, metricName, word),
  ];
}

/** Its indexes take what the table takes, so that they are throttled with it. */
function ofActivity({ activity }: Tables, metricName: string, word: string): IMetric[] {
  return activity ? [metric({ TableName: activity.tableName }, metricName, `activity ${word}`)] : [];
}

function metric(dimensionsMap: Record<string, string>, metricName: string, label: string): Metric {
  const period = Duration.minutes(5);
  return new Metric({ namespace: 'AWS/DynamoDB', metricName, dimensionsMap, period, statistic: Stats.SUM, label });
}
