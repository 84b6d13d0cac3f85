package dev.wonflow.web;

import java.util.regex.Pattern;

/**
 * A kind of mistake: one code and one status, whatever service answers with it. Each is in {@code docs/problems.md},
 * and a test compares the two.
 *
 * @param status of the HTTP answer
 * @param code stable; whose word it is, a dot, and lower-case words with hyphens
 */
public record ProblemKind(int status, String code) {

    /** First, since the kinds below are checked against it. */
    private static final Pattern CODE = Pattern.compile("[a-z]+\\.[a-z0-9]+(?:-[a-z]+)*");

    /** The body is not there, ended early, or is nothing that can be read. */
    public static final ProblemKind MALFORMED = new ProblemKind(400, "request.malformed");

    /** It can be read, and a value in it or in the address is missing or of another kind. */
    public static final ProblemKind INVALID = new ProblemKind(400, "request.invalid");

    public static final ProblemKind TOO_LARGE = new ProblemKind(413, "request.too-large");
    public static final ProblemKind PACKED = new ProblemKind(415, "request.content-encoding");
    public static final ProblemKind OTHER_CHARSET = new ProblemKind(415, "request.charset");

    /** Another request changed the same thing meanwhile. */
    public static final ProblemKind OVERTAKEN = new ProblemKind(409, "request.overtaken");

    /** A server we need does not answer. */
    public static final ProblemKind UNAVAILABLE = new ProblemKind(503, "service.unavailable");

    public static final ProblemKind INTERNAL = new ProblemKind(500, "service.internal");

    /** Checks the form of the code. */
    public ProblemKind {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("code: " + code + " (expected: such as order.not-found)");
        }
    }
}
