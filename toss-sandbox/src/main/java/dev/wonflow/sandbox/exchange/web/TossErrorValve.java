package dev.wonflow.sandbox.exchange.web;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.sandbox.error.TossError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;

/** Gives the shape of Toss to what the server refuses before any handler sees it, such as a malformed address. */
final class TossErrorValve extends ErrorReportValve {

    private final ErrorJson json;
    private final IdSource ids;

    TossErrorValve(ErrorJson json, IdSource ids) {
        this.json = json;
        this.ids = ids;
    }

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        TossError error = switch (response.getStatus()) {
            case 404 -> TossError.NOT_FOUND;
            case 405, 501 -> TossError.NOT_FOUND_HTTP_METHOD;
            case 500 -> TossError.FAILED_INTERNAL_SYSTEM_PROCESSING;
            default -> TossError.INVALID_REQUEST;
        };
        response.setStatus(error.status());
        response.setContentType("application/json;charset=UTF-8");
        if (request.getAttribute(ErrorJson.TRACE_ID) == null) {
            String traceId = ErrorJson.traceId(ids);
            request.setAttribute(ErrorJson.TRACE_ID, traceId);
            response.setHeader(ErrorJson.TRACE_ID_HEADER, traceId);
        }
        try {
            Writer reporter = response.getReporter();
            if (reporter != null) {
                reporter.write(new String(
                        json.write(error, error.message(Language.of(request)), request), StandardCharsets.UTF_8));
                response.finishResponse();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
