package dev.billing.quickstart;

import dev.billing.Billing;
import dev.billing.http.BillingServlet;
import dev.billing.http.akkeris.AkkerisDialect;
import dev.billing.http.akkeris.AkkerisOptions;
import dev.billing.port.Access;
import dev.billing.port.Principal;
import dev.billing.port.Principals;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.component.LifeCycle;

/** The API on an embedded server, reachable from this machine only. */
final class ApiServer implements AutoCloseable {

    private final Server server;
    private final ServerConnector connector;

    private ApiServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    static ApiServer start(int port, Billing billing, AkkerisOptions options, String token) {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        Principals principals = Principals.single(token, new Principal("quickstart", Access.toAll(Quickstart.TENANT)));
        ServletContextHandler context = new ServletContextHandler();
        BillingServlet servlet = new BillingServlet(new AkkerisDialect(billing, principals, options));
        context.addServlet(new ServletHolder(servlet), "/*");
        server.setHandler(context);
        server.setStopAtShutdown(true);
        LifeCycle.start(server);
        return new ApiServer(server, connector);
    }

    String url() {
        return "http://127.0.0.1:" + connector.getLocalPort();
    }

    void join() throws InterruptedException {
        server.join();
    }

    @Override
    public void close() {
        LifeCycle.stop(server);
    }
}
