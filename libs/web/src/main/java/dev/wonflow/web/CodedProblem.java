package dev.wonflow.web;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/** Makes problems (RFC 9457) with the {@code code} that programs may rely on. */
public final class CodedProblem {

    /** Request attribute with the {@link ProblemDetail} to answer when the container takes over the answer. */
    public static final String ATTRIBUTE = CodedProblem.class.getName();

    private CodedProblem() {}

    /**
     * Makes a problem.
     *
     * @param detail what was wrong and what was expected; nothing secret
     */
    public static ProblemDetail of(ProblemKind kind, @Nullable String detail) {
        return coded(ProblemDetail.forStatusAndDetail(HttpStatusCode.valueOf(kind.status()), detail), kind);
    }

    /** The same about a value, which it names. */
    public static ProblemDetail ofField(ProblemKind kind, String field, @Nullable String detail) {
        ProblemDetail problem = of(kind, detail);
        problem.setProperty("field", field);
        return problem;
    }

    /** Answers with a problem that is over in some seconds. */
    public static ResponseEntity<ProblemDetail> answer(ProblemKind kind, Duration retryAfter, @Nullable String detail) {
        return ResponseEntity.status(kind.status())
                .header(HttpHeaders.RETRY_AFTER, Long.toString(retryAfter.toSeconds()))
                .body(of(kind, detail));
    }

    static ProblemDetail coded(ProblemDetail problem, ProblemKind kind) {
        problem.setType(URI.create("urn:wonflow:problem:" + kind.code()));
        problem.setProperty("code", kind.code());
        return problem;
    }

    /** The kind of what a framework or the container refuses by itself. */
    static ProblemKind http(HttpStatusCode status) {
        return new ProblemKind(status.value(), "http." + status.value());
    }
}
