package dev.billing.quickstart;

import java.util.Map;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Lets content types go out as the systems write them. Jetty has one spelling for those that it knows; it means the same, but is not what
 * the documents show.
 */
final class ExactContentTypes extends Handler.Wrapper {

    /** What Jetty writes, and what is written instead. */
    private static final Map<String, String> SPELLINGS = Map.of(
            "application/json;charset=utf-8", "application/json;charset=UTF-8",
            "text/plain;charset=utf-8", "text/plain; charset=utf-8");

    ExactContentTypes(Handler handler) {
        super(handler);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        request.addHttpStreamWrapper(Spelling::new);
        return super.handle(request, response, callback);
    }

    private static final class Spelling extends HttpStream.Wrapper {

        Spelling(HttpStream stream) {
            super(stream);
        }

        @Override
        public void prepareResponse(HttpFields.Mutable headers) {
            super.prepareResponse(headers);
            String type = headers.get(HttpHeader.CONTENT_TYPE);
            if (type != null && SPELLINGS.containsKey(type)) {
                headers.put(HttpHeader.CONTENT_TYPE, SPELLINGS.get(type));
            }
        }
    }
}
