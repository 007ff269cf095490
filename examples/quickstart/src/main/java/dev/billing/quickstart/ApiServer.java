package dev.billing.quickstart;

import dev.billing.http.BillingServlet;
import dev.billing.http.Dialect;
import io.vavr.collection.Seq;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;

/** The API on an embedded server, reachable from this machine only. */
final class ApiServer implements AutoCloseable {

    private static final int MAX_HEADERS = 16 * 1024;

    private final Server server;
    private final ServerConnector connector;

    private ApiServer(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Serves dialects.
     *
     * @param dialects are made for the URL at which they can be reached
     */
    static ApiServer start(int port, Function<String, Seq<Dialect>> dialects) {
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(configuration()));
        connector.setHost("127.0.0.1");
        connector.setPort(port);
        server.addConnector(connector);
        ApiServer api = new ApiServer(server, connector);
        api.open();
        ServletContextHandler context = new ServletContextHandler();
        BillingServlet servlet = new BillingServlet(dialects.apply(api.url()).toJavaArray(Dialect[]::new));
        context.addServlet(new ServletHolder(servlet), "/*");
        context.getServletHandler().setDecodeAmbiguousURIs(true);
        server.setHandler(new ExactContentTypes(context));
        server.setErrorHandler(ApiServer::answerWithoutBody);
        server.setStopAtShutdown(true);
        LifeCycle.start(server);
        return api;
    }

    /** Dialects say what a bad target is, so the server lets it through. */
    private static HttpConfiguration configuration() {
        HttpConfiguration configuration = new HttpConfiguration();
        configuration.setRequestHeaderSize(MAX_HEADERS);
        configuration.setSendServerVersion(false);
        configuration.setUriCompliance(UriCompliance.UNSAFE);
        return configuration;
    }

    /** What no dialect was asked for has a status and nothing else. */
    private static boolean answerWithoutBody(Request request, Response response, Callback callback) {
        response.write(true, BufferUtil.EMPTY_BUFFER, callback);
        return true;
    }

    private void open() {
        try {
            connector.open();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen on port " + connector.getPort() + ": " + e.getMessage(), e);
        }
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
