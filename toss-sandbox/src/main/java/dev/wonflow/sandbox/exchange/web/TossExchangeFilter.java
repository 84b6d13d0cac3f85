package dev.wonflow.sandbox.exchange.web;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.sandbox.call.Call;
import dev.wonflow.sandbox.call.Calls;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.Exchange;
import dev.wonflow.sandbox.fault.Fault;
import dev.wonflow.sandbox.fault.Fault.Operation;
import dev.wonflow.sandbox.idempotency.IdempotentRequests;
import dev.wonflow.sandbox.idempotency.IdempotentRequests.Finding;
import dev.wonflow.sandbox.idempotency.IdempotentRequests.Identity;
import dev.wonflow.sandbox.idempotency.KeptAnswer;
import dev.wonflow.sandbox.limit.CallLimits;
import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.merchant.Merchants;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * What every call to the Toss API goes through, in this order: trace id, keys, test code, limits, idempotency, the
 * handler with its faults, the call log.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 1)
final class TossExchangeFilter extends OncePerRequestFilter {

    private static final String IDEMPOTENCY_KEY = "idempotency-key";
    private static final String TEST_CODE = "TossPayments-Test-Code";
    private static final int LONGEST_IDEMPOTENCY_KEY = 300;
    /** Status, in the call log only, of a call that ended before there was an answer. */
    private static final int NO_ANSWER = 0;

    /** First segments of the paths of the API. */
    private static final Set<String> VERSIONS = Set.of("v1", "v2");

    /** Scripts every page may load, without keys. */
    private static final Set<String> BROWSER_SDK = Set.of("/v2/standard", "/v1", "/v1/payment", "/v1/payment-widget");

    private final Merchants merchants;
    private final IdempotentRequests idempotentRequests;
    private final StruckHandling handling;
    private final Operations operations;
    private final CallLimits limits;
    private final Calls calls;
    private final ErrorJson errorJson;
    private final IdSource ids;
    private final Clock clock;

    TossExchangeFilter(
            Merchants merchants,
            IdempotentRequests idempotentRequests,
            StruckHandling handling,
            Operations operations,
            CallLimits limits,
            Calls calls,
            ErrorJson errorJson,
            IdSource ids,
            Clock clock) {
        this.merchants = merchants;
        this.idempotentRequests = idempotentRequests;
        this.handling = handling;
        this.operations = operations;
        this.limits = limits;
        this.calls = calls;
        this.errorJson = errorJson;
        this.ids = ids;
        this.clock = clock;
    }

    /** Whatever is routed to the API is filtered, however its path is spelled. */
    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return BROWSER_SDK.contains(request.getRequestURI())
                || ServletRequestPathUtils.parse(request).pathWithinApplication().elements().stream()
                        .filter(PathContainer.PathSegment.class::isInstance)
                        .map(PathContainer.PathSegment.class::cast)
                        .findFirst()
                        .filter(first -> VERSIONS.contains(first.valueToMatch()))
                        .isEmpty();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest asSent, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpServletRequest request = new WithoutEmptyParameters(asSent);
        Instant at = clock.instant();
        String traceId = ErrorJson.traceId(ids);
        response.setHeader(ErrorJson.TRACE_ID_HEADER, traceId);
        request.setAttribute(ErrorJson.TRACE_ID, traceId);
        String key = idempotencyKey(request);
        if (key != null && key.length() <= LONGEST_IDEMPOTENCY_KEY) {
            response.setHeader(IDEMPOTENCY_KEY, key);
        }

        Locale language = Language.of(request);
        Exchange exchange = null;
        Answer answer;
        try {
            exchange = new Exchange(authenticated(request), language);
            request.setAttribute(Exchange.ATTRIBUTE, exchange);
            refuseWhatTossLacks(request);
            refuseByTestCode(request);
            refuseByLimit(request, exchange.keys());
            answer = key == null
                    ? handling.handle(request, response, chain, exchange, null)
                    : handledOnce(request, response, chain, exchange, key, traceId);
        } catch (Refused refused) {
            TossError error = refused.error();
            answer = new Answer(error.status(), errorJson.write(error, refused.message(language), request), false);
        } catch (AnswerLost lost) {
            if (lost.isOutOfTime()) {
                // Nothing of it belongs in the books there are now.
                request.setAttribute(LostAnswerValve.ATTRIBUTE, true);
                return;
            }
            answer = new Answer(NO_ANSWER, new byte[0], false);
            if (exchange != null) {
                exchange.loseAnswer();
            }
        }

        calls.add(logged(request, at, key, exchange, answer));
        if (exchange != null && exchange.answerLost()) {
            request.setAttribute(LostAnswerValve.ATTRIBUTE, true);
            return;
        }
        send(answer, response);
    }

    /** Only a POST has one: elsewhere Toss ignores the header. An empty one would make all calls the same. */
    private static @Nullable String idempotencyKey(HttpServletRequest request) {
        String key = "POST".equals(request.getMethod()) ? request.getHeader(IDEMPOTENCY_KEY) : null;
        return key == null || key.isBlank() ? null : key;
    }

    private KeyPair authenticated(HttpServletRequest request) {
        String secretKey = BasicCredentials.secretKey(request.getHeader("Authorization"));
        return merchants.withSecretKey(secretKey).orElseThrow(() -> new Refused(TossError.UNAUTHORIZED_KEY));
    }

    /** Toss spells its paths one way, and says of none what could be asked there. */
    private static void refuseWhatTossLacks(HttpServletRequest request) {
        String path = request.getRequestURI();
        if (VERSIONS.stream().noneMatch(version -> path.startsWith("/" + version + "/"))) {
            throw new Refused(TossError.NOT_FOUND);
        }
        if ("OPTIONS".equals(request.getMethod())) {
            throw new Refused(TossError.NOT_FOUND_HTTP_METHOD);
        }
    }

    /** Comes before idempotency and before existence; the answer is not kept under the key. An empty code is none. */
    private static void refuseByTestCode(HttpServletRequest request) {
        String code = request.getHeader(TEST_CODE);
        if (code != null && !code.isBlank() && "POST".equals(request.getMethod())) {
            throw new Refused(TossError.of(code).filter(TossError::isPublished).orElse(TossError.INVALID_TEST_CODE));
        }
    }

    /** Comes before idempotency, so that a refusal is not kept under a key. */
    private void refuseByLimit(HttpServletRequest request, KeyPair keys) {
        Optional<Operation> operation = operations.of(request.getMethod(), request.getRequestURI());
        if (operation.isPresent()) {
            limits.count(keys.secretKey(), operation.get().label());
            if (operation.get() == Operation.INQUIRY || operation.get() == Operation.CANCEL) {
                limits.notTwice(keys.secretKey(), operation.get().label() + " " + url(request));
            }
        }
    }

    private Answer handledOnce(
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            Exchange exchange,
            String key,
            String traceId)
            throws ServletException, IOException {
        if (key.length() > LONGEST_IDEMPOTENCY_KEY) {
            throw new Refused(TossError.INVALID_IDEMPOTENCY_KEY);
        }
        Identity identity = new Identity(key, exchange.keys().clientKey(), request.getMethod(), url(request));
        return switch (idempotentRequests.claim(identity)) {
            case Finding.StillRunning() -> throw new Refused(TossError.IDEMPOTENT_REQUEST_PROCESSING);
            case Finding.Answered(KeptAnswer kept) -> {
                response.setHeader(ErrorJson.TRACE_ID_HEADER, traceId + ", " + kept.traceId());
                exchange.isAbout(kept.orderId(), kept.paymentKey());
                yield new Answer(kept.status(), kept.body(), true);
            }
            case Finding.First() -> {
                boolean claimed = true;
                try {
                    Answer answer = handling.handle(request, response, chain, exchange, key);
                    idempotentRequests.keep(identity, kept(answer, traceId, exchange));
                    claimed = false;
                    yield answer;
                } catch (AnswerLost lost) {
                    // The claim was in books that are gone.
                    claimed = !lost.isOutOfTime();
                    throw lost;
                } finally {
                    if (claimed) {
                        idempotentRequests.release(identity);
                    }
                }
            }
        };
    }

    private static KeptAnswer kept(Answer answer, String traceId, Exchange exchange) {
        return new KeptAnswer(answer.status(), answer.body(), traceId, exchange.orderId(), exchange.paymentKey());
    }

    private static void send(Answer answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.status());
        response.setContentType(answer.isEncrypted() ? MediaType.TEXT_PLAIN_VALUE : MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(answer.body().length);
        response.getOutputStream().write(answer.body());
    }

    private static Call logged(
            HttpServletRequest request, Instant at, @Nullable String key, @Nullable Exchange exchange, Answer answer) {
        return new Call(
                at,
                request.getMethod(),
                Objects.requireNonNull(Exchange.shortened(request.getRequestURI())),
                exchange == null ? null : exchange.orderId(),
                exchange == null ? null : exchange.paymentKey(),
                Exchange.shortened(key),
                answer.status(),
                exchange != null && exchange.effect(),
                answer.replay(),
                exchange != null && exchange.answerLost(),
                exchange == null
                        ? List.of()
                        : exchange.struckBy().stream().map(Fault.Kind::name).toList());
    }

    private static String url(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }
}
