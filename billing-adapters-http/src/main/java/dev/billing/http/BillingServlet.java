package dev.billing.http;

import io.vavr.collection.Array;
import io.vavr.collection.LinkedHashMap;
import io.vavr.collection.Map;
import io.vavr.collection.Seq;
import io.vavr.control.Option;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collections;
import java.util.Comparator;
import java.util.Locale;

/**
 * Mounts dialects in a servlet container, at {@code /*} of a context. Of the dialects whose base path a request is at or below, the one
 * with the longest base path answers; if there is none, the answer is an empty 404.
 */
public final class BillingServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = System.getLogger(BillingServlet.class.getName());

    private final transient Seq<Dialect> dialects;

    /**
     * Mounts dialects.
     *
     * @throws IllegalArgumentException if two have the same base path, or one does not begin, or does end, with a slash
     */
    public BillingServlet(Dialect... dialects) {
        this.dialects = Array.of(dialects)
                .sorted(Comparator.comparing(
                                (Dialect dialect) -> dialect.basePath().length())
                        .reversed());
        Seq<String> paths = this.dialects.map(Dialect::basePath);
        if (paths.distinct().size() < paths.size() || !paths.forAll(BillingServlet::isBasePath)) {
            throw new IllegalArgumentException(
                    "Base paths must differ, and be empty or begin and not end with a slash, but were " + paths);
        }
    }

    private static boolean isBasePath(String path) {
        return path.isEmpty() || (path.startsWith("/") && !path.endsWith("/"));
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        WireRequest wireRequest = wireRequest(request);
        WireResponse wireResponse = (status, headers) -> start(response, status, headers);
        Option<Dialect> dialect = dialects.find(candidate -> serves(candidate.basePath(), wireRequest.path()));
        if (dialect.isDefined()) {
            answer(dialect.get(), wireRequest, wireResponse, response);
        } else {
            wireResponse.empty(HttpServletResponse.SC_NOT_FOUND, LinkedHashMap.empty());
        }
    }

    private static boolean serves(String basePath, String path) {
        return path.startsWith(basePath)
                && (basePath.isEmpty() || path.length() == basePath.length() || path.charAt(basePath.length()) == '/');
    }

    private static void answer(
            Dialect dialect, WireRequest request, WireResponse wireResponse, HttpServletResponse response)
            throws IOException {
        try {
            dialect.answer(request, wireResponse);
        } catch (RuntimeException e) {
            if (response.isCommitted() && e.getCause() instanceof IOException callerHungUp) {
                throw callerHungUp;
            }
            LOG.log(Level.ERROR, () -> request.method() + " " + request.path() + " failed", e);
            if (response.isCommitted()) {
                throw e;
            }
            response.reset();
            dialect.fail(request, wireResponse);
        }
    }

    private static OutputStream start(HttpServletResponse response, int status, Map<String, String> headers)
            throws IOException {
        response.setStatus(status);
        headers.forEach(response::setHeader);
        return response.getOutputStream();
    }

    private static WireRequest wireRequest(HttpServletRequest request) throws IOException {
        String uri = request.getRequestURI();
        Option<String> query = Option.of(request.getQueryString());
        return new WireRequest(
                request.getMethod(),
                uri + query.map(text -> "?" + text).getOrElse(""),
                uri.substring(request.getContextPath().length()),
                query,
                LinkedHashMap.ofAll(
                        Collections.list(request.getHeaderNames()).stream().distinct(),
                        name -> name.toLowerCase(Locale.ROOT),
                        request::getHeader),
                request.getInputStream());
    }
}
