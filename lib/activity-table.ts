import { AttributeType, ProjectionType, type TablePropsV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { activityDays, activityIndexes, expiryAttribute, maxActivityDays } from '../deployment/tables';

/** Options for the activity of tenants. */
export interface ActivityProps {
  /**
   * For how many days the activity of tenants is kept: who changed what, what failed, and why. From 0, which keeps none
   * and makes no table for it, to 3650. It counts for what happens from then on.
   *
   * @default 90
   */
  readonly activityRetention?: number;
}

/** Returns the days for which activity is kept. @throws Error if it is not a whole number from 0 to 3650 */
export function readActivityDays({ activityRetention: days = activityDays }: ActivityProps): number {
  if (Number.isInteger(days) && days >= 0 && days <= maxActivityDays) return days;
  throw new Error(`activityRetention is ${days}; it is a whole number of days from 0 to ${maxActivityDays}.`);
}

/**
 * Creates the table of activity. It has no stream, and no point-in-time recovery: what is erased from it is gone.
 * @param common what it has in common with the tables of the directory
 */
export function makeActivityTable(
  scope: Construct,
  common: Pick<TablePropsV2, 'billing' | 'deletionProtection' | 'removalPolicy' | 'encryption'>,
): TableV2 {
  return new TableV2(scope, 'Activity', {
    ...common,
    partitionKey: { name: 'pk', type: AttributeType.STRING },
    sortKey: { name: 'sk', type: AttributeType.STRING },
    timeToLiveAttribute: expiryAttribute,
    globalSecondaryIndexes: Object.entries(activityIndexes).map(([indexName, partition]) => ({
      indexName,
      partitionKey: { name: partition, type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    })),
  });
}
