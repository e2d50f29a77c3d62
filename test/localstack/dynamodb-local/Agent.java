/** LocalStack starts DynamoDB Local with a Java agent that raises the limit of indexes. This one changes nothing. */
public class Agent {
  public static void premain(String args, java.lang.instrument.Instrumentation instrumentation) {}
}
