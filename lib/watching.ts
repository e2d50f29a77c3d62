import { Alarm, type IAlarmAction, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { type ITopic, Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alarms } from './alarms';
import { addDashboard } from './dashboard';
import type { Watched } from './watched';

/** Options for alarms: who gets them. */
export interface WatchingProps {
  /**
   * Email address that gets the alarms. AWS first sends it a confirmation link.
   *
   * @default - none: alarms are only in CloudWatch
   */
  readonly alarmEmail?: string;

  /**
   * SNS topic that gets the alarms.
   *
   * @default - a new one if `alarmEmail` is set, otherwise none
   */
  readonly alarmTopic?: ITopic;
}

/** Alarms, their topic, and one dashboard. */
export class Watching extends Construct {
  constructor(scope: Construct, id: string, props: WatchingProps & Watched) {
    super(scope, id);
    const topic = this.topic(props);
    const actions: IAlarmAction[] = topic ? [new SnsAction(topic)] : [];
    const made = alarms.map(({ id: alarmId, page, what, metric, threshold, periods, comparison }) => {
      const alarm = new Alarm(this, alarmId, {
        alarmDescription: `${what} What to do: docs/alarms/${page}.md`,
        metric: metric(props),
        threshold,
        evaluationPeriods: periods,
        ...(comparison ? { comparisonOperator: comparison } : {}),
        treatMissingData: TreatMissingData.NOT_BREACHING,
      });
      if (actions.length > 0) alarm.addAlarmAction(...actions);
      return alarm;
    });
    addDashboard(this, props, made);
  }

  private topic({ alarmTopic, alarmEmail }: WatchingProps): ITopic | undefined {
    if (alarmEmail === undefined) return alarmTopic;
    if (!/^[^@\s]+@[^@\s]+$/.test(alarmEmail)) throw new Error(`alarmEmail "${alarmEmail}" is not an email address.`);
    const topic = alarmTopic ?? new Topic(this, 'Alarms', { enforceSSL: true });
    // Not topic.addSubscription: a topic that was passed in may be imported and belong to somebody else.
    new Subscription(this, 'Email', { topic, protocol: SubscriptionProtocol.EMAIL, endpoint: alarmEmail });
    return topic;
  }
}
