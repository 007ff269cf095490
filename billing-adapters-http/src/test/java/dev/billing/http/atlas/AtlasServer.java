package dev.billing.http.atlas;

import dev.billing.http.BillingServlet;
import dev.billing.http.Dialect;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** The three bases in a real container. */
final class AtlasServer {

    private final Server server = new Server();
    private final ServerConnector connector = new ServerConnector(server);

    AtlasServer(AtlasFixture fixture) throws Exception {
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.addServlet(new ServletHolder(new BillingServlet(fixture.dialects.toJavaArray(Dialect[]::new))), "/*");
        server.setHandler(context);
        server.start();
    }

    /** Scheme, host and port. */
    String origin() {
        return "http://127.0.0.1:" + connector.getLocalPort();
    }

    void stop() throws Exception {
        server.stop();
    }
}
