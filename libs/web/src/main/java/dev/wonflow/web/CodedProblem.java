package dev.wonflow.web;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;

/** Makes problems (RFC 9457) with the {@code code} that programs may rely on. */
public final class CodedProblem {

    /** Request attribute with the {@link ProblemDetail} to answer when the container takes over the answer. */
    public static final String ATTRIBUTE = CodedProblem.class.getName();

    private CodedProblem() {}

    /**
     * Makes a problem.
     *
     * @param code stable; lower-case words with dots and hyphens
     * @param detail what was wrong and what was expected; nothing secret
     */
    public static ProblemDetail of(HttpStatusCode status, String code, @Nullable String detail) {
        return coded(ProblemDetail.forStatusAndDetail(status, detail), code);
    }

    static ProblemDetail coded(ProblemDetail problem, String code) {
        problem.setType(URI.create("urn:wonflow:problem:" + code));
        problem.setProperty("code", code);
        return problem;
    }

    /** The code of what a framework or the container refuses by itself. */
    static String code(HttpStatusCode status) {
        return "http." + status.value();
    }
}
