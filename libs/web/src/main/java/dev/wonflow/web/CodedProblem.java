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

    /** Characters of a detail. A caller's own text may be in it, as long as an address or a body may be. */
    private static final int MAX_DETAIL = 500;

    private CodedProblem() {}

    /**
     * Makes a problem.
     *
     * @param detail what was wrong and what was expected; nothing secret. Of more than 500 characters the middle is
     *     left out
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
        problem.setDetail(cut(problem.getDetail()));
        problem.setType(URI.create("urn:wonflow:problem:" + kind.code()));
        problem.setProperty("code", kind.code());
        return problem;
    }

    /** What it is about stands at the beginning, and what was expected at the end. */
    private static @Nullable String cut(@Nullable String detail) {
        if (detail == null || detail.codePointCount(0, detail.length()) <= MAX_DETAIL) {
            return detail;
        }
        int kept = MAX_DETAIL / 2 - 1;
        return detail.substring(0, detail.offsetByCodePoints(0, kept))
                + "…"
                + detail.substring(detail.offsetByCodePoints(detail.length(), -kept));
    }

    /** The kind of what a framework or the container refuses by itself. */
    static ProblemKind http(HttpStatusCode status) {
        return new ProblemKind(status.value(), "http." + status.value());
    }
}
