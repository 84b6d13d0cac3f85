package dev.wonflow.access;

import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.ProblemKind;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import tools.jackson.databind.json.JsonMapper;

/** Answers callers who may not: 401 about the token, 403 about what it allows, and nothing about us. */
final class AccessProblems implements AuthenticationEntryPoint, AccessDeniedHandler {

    private static final ProblemKind NO_TOKEN = new ProblemKind(401, "access.token-missing");
    private static final ProblemKind EXPIRED = new ProblemKind(401, "access.token-expired");
    private static final ProblemKind UNACCEPTABLE = new ProblemKind(401, "access.token-invalid");
    private static final ProblemKind KEYS_AWAY = new ProblemKind(503, "access.keys-unavailable");

    private static final String RETRY_AFTER_SECONDS = "2";

    private final JsonMapper json;

    AccessProblems(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        if (e instanceof KeysAway) {
            response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
            answer(
                    request,
                    response,
                    KEYS_AWAY,
                    "issuer: its keys cannot be had now (expected: the same request again, shortly)");
            return;
        }
        // RFC 6750, 3.1: a caller without a token is told no error.
        boolean sent = e instanceof OAuth2AuthenticationException;
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, sent ? "Bearer error=\"invalid_token\"" : "Bearer");
        if (!sent) {
            answer(
                    request,
                    response,
                    NO_TOKEN,
                    "header Authorization: no token (expected: Bearer and an access token)");
        } else if (TokenRules.isExpired(e)) {
            answer(request, response, EXPIRED, "token: expired (expected: a new one)");
        } else {
            answer(
                    request,
                    response,
                    UNACCEPTABLE,
                    "token: not accepted (expected: an access token of our issuer, for this API)");
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\"");
        Refusal refusal = e instanceof AuthorizationDeniedException denied
                        && denied.getAuthorizationResult() instanceof Refusal known
                ? known
                : Refusal.CLOSED;
        answer(request, response, refusal.kind(), refusal.detail());
    }

    /** The container takes addresses that are no URI, such as one with a bracket in its path. */
    private static Optional<URI> instance(HttpServletRequest request) {
        try {
            return Optional.of(URI.create(request.getRequestURI()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, ProblemKind kind, String detail)
            throws IOException {
        ProblemDetail problem = CodedProblem.of(kind, detail);
        instance(request).ifPresent(problem::setInstance);
        response.setStatus(kind.status());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        // Not through a writer, which would add a charset that JSON does not have.
        response.getOutputStream().write(json.writeValueAsBytes(problem));
    }
}
