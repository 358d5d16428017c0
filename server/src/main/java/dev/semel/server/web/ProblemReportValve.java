package dev.semel.server.web;

import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.UUID;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpStatus;

/**
 * Answers what Tomcat refuses before any filter sees it, such as a request line that is none: a problem instead of a page. Made
 * by Tomcat, by its class name.
 */
public final class ProblemReportValve extends ErrorReportValve {
    private static final String BODY = """
            {"type":"urn:semel:problem:%s","title":"%s","status":%d,"code":"%s","detail":"The request is refused before it is \
            looked at.","requestId":"%s","retryable":false}""";

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType("application/problem+json");
            response.setCharacterEncoding("utf-8");
            Writer writer = response.getReporter();
            if (writer != null) {
                writer.write(body(status));
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException e) {
            getContainer().getLogger().debug("the client did not wait for its answer", e);
        }
    }

    private static String body(int status) {
        HttpStatus known = HttpStatus.resolve(status);
        String code = known == null || known == HttpStatus.BAD_REQUEST ? "VALIDATION_FAILED" : known.name();
        String title = known == null ? "Refused" : known.getReasonPhrase();
        return BODY.formatted(code.toLowerCase(Locale.ROOT).replace('_', '-'), title, status, code, UUID.randomUUID());
    }
}
