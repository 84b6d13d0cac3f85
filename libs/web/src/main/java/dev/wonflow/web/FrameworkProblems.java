package dev.wonflow.web;

import dev.wonflow.web.json.Complaint;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/**
 * Problems no service has words of its own for: what the framework refuses, what cannot be read, and our bugs. Asked
 * last, so a service may say more.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public final class FrameworkProblems extends ResponseEntityExceptionHandler {

    private static final Logger log = LoggerFactory.getLogger(FrameworkProblems.class);

    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(BodyTooLarge e) {
        return ResponseEntity.status(HttpStatus.CONTENT_TOO_LARGE)
                // The rest of the body must not be taken for a request.
                .header(HttpHeaders.CONNECTION, "close")
                .body(CodedProblem.of(ProblemKind.TOO_LARGE, e.getMessage()));
    }

    /** A query such as {@code ?id=%zz}. */
    @ExceptionHandler
    ResponseEntity<ProblemDetail> on(InvalidParameterException e) {
        HttpStatusCode status = HttpStatusCode.valueOf(e.getErrorCode());
        return ResponseEntity.status(status)
                .body(CodedProblem.of(
                        CodedProblem.http(status), "query: not readable (expected: parameters in percent-encoding)"));
    }

    @ExceptionHandler
    ProblemDetail on(InvalidRequest e) {
        return CodedProblem.of(ProblemKind.INVALID, e.getMessage());
    }

    /** The log has what happened; the caller gets none of it. */
    @ExceptionHandler
    ProblemDetail on(RuntimeException e) {
        log.error("A request could not be completed", e);
        return CodedProblem.of(ProblemKind.INTERNAL, "an error of ours; the request is not completed");
    }

    @Override
    protected ResponseEntity<Object> handleMissingServletRequestParameter(
            MissingServletRequestParameterException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return super.createResponseEntity(
                CodedProblem.of(ProblemKind.INVALID, e.getParameterName() + ": missing (expected: a value)"),
                headers,
                status,
                request);
    }

    /** A parameter such as {@code ?part=first}. */
    @Override
    protected ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        String name = e.getPropertyName() == null ? "parameter" : e.getPropertyName();
        return super.createResponseEntity(
                CodedProblem.of(ProblemKind.INVALID, Complaint.about(name, e.getRequiredType())),
                headers,
                status,
                request);
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return super.createResponseEntity(unreadable(e), headers, status, request);
    }

    /** A body that is no JSON is malformed; one with a field of another kind can be read, and the field is invalid. */
    private static ProblemDetail unreadable(HttpMessageNotReadableException e) {
        String detail = e.getCause() instanceof JacksonException unreadable
                ? Complaint.about(unreadable)
                : "body: missing (expected: a JSON object)";
        String field = detail.substring(0, detail.indexOf(':'));
        return field.equals("body")
                ? CodedProblem.of(ProblemKind.MALFORMED, detail)
                : CodedProblem.ofField(ProblemKind.INVALID, field, detail);
    }

    @Override
    protected ResponseEntity<Object> createResponseEntity(
            @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (body instanceof ProblemDetail problem) {
            CodedProblem.coded(
                    problem,
                    status.isSameCodeAs(HttpStatus.BAD_REQUEST) ? ProblemKind.INVALID : CodedProblem.http(status));
        }
        return super.createResponseEntity(body, headers, status, request);
    }
}
