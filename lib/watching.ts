import { Alarm, type IAlarmAction, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { type ITopic, Subscription, SubscriptionProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alarms } from './alarms';
import { addDashboard } from './dashboard';
import type { Watched } from './watched';

/** Options for alarms and the dashboard. */
export interface WatchingProps {
  /**
   * Whether to create the alarms. Turn them off if other monitoring watches the metrics, or where CloudWatch is emulated.
   *
   * @default true
   */
  readonly alarms?: boolean;

  /**
   * Whether to create the dashboard.
   *
   * @default true
   */
  readonly dashboard?: boolean;

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
    const made = (props.alarms ?? true) ? this.makeAlarms(props) : refuseReceivers(props);
    if (props.dashboard ?? true) addDashboard(this, props, made);
  }

  private makeAlarms(props: WatchingProps & Watched): readonly Alarm[] {
    const topic = this.topic(props);
    const actions: IAlarmAction[] = topic ? [new SnsAction(topic)] : [];
    return alarms.map(({ id: alarmId, page, what, metric, threshold, periods, comparison }) => {
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

/** Returns no alarms. @throws Error if somebody is to get them */
function refuseReceivers({ alarmEmail, alarmTopic }: WatchingProps): readonly Alarm[] {
  if (alarmEmail === undefined && alarmTopic === undefined) return [];
  const receiver = alarmEmail === undefined ? 'alarmTopic' : 'alarmEmail';
  throw new Error(`${receiver} is set but alarms is false, so nobody would get an alarm: omit one of the two.`);
}
