import com.amazonaws.services.dynamodbv2.local.main.ServerRunner;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Starts DynamoDB Local on the loopback address: it has no option for that and binds all addresses. */
public class Loopback {
  public static void main(String[] args) throws Exception {
    var proxy = ServerRunner.createServerFromCommandLineArgs(args);
    var field = proxy.getClass().getDeclaredField("server");
    field.setAccessible(true);
    for (Connector each : ((Server) field.get(proxy)).getConnectors()) ((ServerConnector) each).setHost("127.0.0.1");
    proxy.start();
    proxy.join();
  }
}
