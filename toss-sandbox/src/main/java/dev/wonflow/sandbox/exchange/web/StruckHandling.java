package dev.wonflow.sandbox.exchange.web;

import dev.wonflow.sandbox.clock.Schedule;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.Exchange;
import dev.wonflow.sandbox.fault.Fault;
import dev.wonflow.sandbox.fault.Fault.Kind;
import dev.wonflow.sandbox.fault.Fault.Operation;
import dev.wonflow.sandbox.fault.FaultPlan;
import dev.wonflow.sandbox.fault.Faults;
import dev.wonflow.sandbox.fault.StruckCall;
import dev.wonflow.sandbox.fault.Subject;
import dev.wonflow.sandbox.state.Gate;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.util.ContentCachingResponseWrapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Has a call handled, and lets the faults strike that are armed for it, so that no handler needs to know of them. A
 * call that is refused is struck by nothing afterwards: only what had its effect can lose its answer.
 */
@Component
final class StruckHandling {

    /** Faults a call brings itself: {@code KIND;name=value}, several with commas between. */
    private static final String HEADER = "Wonflow-Sandbox-Fault";

    private static final int MOST_IN_HEADER = 10;

    /** Longest an answer waits for its webhooks, in real time; more than an attempt may take. */
    private static final Duration LONGEST_HOLD = Duration.ofSeconds(30);

    private final Faults faults;
    private final Operations operations;
    private final Schedule schedule;
    private final Gate gate;
    private final ErrorJson errorJson;
    private final Clock clock;
    private final JsonMapper json;

    StruckHandling(
            Faults faults,
            Operations operations,
            Schedule schedule,
            Gate gate,
            ErrorJson errorJson,
            Clock clock,
            JsonMapper json) {
        this.faults = faults;
        this.operations = operations;
        this.schedule = schedule;
        this.gate = gate;
        this.errorJson = errorJson;
        this.clock = clock;
        this.json = json;
    }

    /**
     * Handles the call.
     *
     * @throws AnswerLost if it ends before there is an answer
     * @throws Refused if the header makes no sense
     */
    Answer handle(
            HttpServletRequest request,
            HttpServletResponse response,
            FilterChain chain,
            Exchange exchange,
            @Nullable String idempotencyKey)
            throws ServletException, IOException {
        Optional<Operation> operation = operations.of(request.getMethod(), request.getRequestURI());
        List<FaultPlan> own = ownFaults(request.getHeader(HEADER));
        if (operation.isEmpty() || (own.isEmpty() && faults.isQuiet())) {
            return handled(request, response, chain);
        }
        ReadRequest read = new ReadRequest(request);
        Subject subject = operations.subject(operation.get(), read, read.body(), idempotencyKey);
        exchange.isAbout(subject.orderId(), subject.paymentKey());
        try (StruckCall call = faults.begin(subject, own)) {
            try {
                Optional<Answer> before = answerBefore(subject, read, exchange);
                return before.isPresent()
                        ? before.get()
                        : answerAfter(handled(read, response, chain), call, read, exchange);
            } finally {
                exchange.wasStruckBy(call.struck());
            }
        }
    }

    private Answer handled(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        ContentCachingResponseWrapper buffer = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, buffer);
        if (gate.isOutOfTime()) {
            throw new AnswerLost(true);
        }
        return new Answer(buffer.getStatus(), buffer.getContentAsByteArray(), false);
    }

    private static List<FaultPlan> ownFaults(@Nullable String header) {
        if (header == null) {
            return List.of();
        }
        List<FaultPlan> plans = new ArrayList<>();
        try {
            for (String line : header.split(",", MOST_IN_HEADER)) {
                plans.add(FaultPlan.read(line.strip()));
            }
        } catch (IllegalArgumentException e) {
            String why = HEADER + ": " + e.getMessage();
            throw Refused.inOtherWords(TossError.INVALID_REQUEST, why, why);
        }
        return plans;
    }

    /** What strikes before the handler is asked: it may be answered in its place. */
    private Optional<Answer> answerBefore(Subject subject, HttpServletRequest request, Exchange exchange) {
        faults.strike(Kind.SLOW_BEFORE_EFFECT, subject).ifPresent(fault -> pause(fault.delay()));
        if (faults.strike(Kind.ANSWER_LOST_BEFORE_EFFECT, subject).isPresent()) {
            throw new AnswerLost(false);
        }
        Optional<Fault> error = faults.strike(Kind.ERROR_WITHOUT_EFFECT, subject);
        if (error.isPresent()) {
            return error.map(fault -> refusal(fault, TossError.FAILED_INTERNAL_SYSTEM_PROCESSING, request, exchange));
        }
        if (subject.operation() == Operation.CONFIRM) {
            // A decline strikes a confirm where its payment is, since it may end by it.
            return faults.strike(Kind.CONFIRM_ALREADY_RUNNING, subject)
                    .map(_ -> refusal(
                            TossError.FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING,
                            exchange,
                            "[S008] 기존 요청을 처리중입니다.",
                            "[S008] An earlier request is still being processed."));
        }
        if (subject.operation() == Operation.CANCEL
                && faults.strike(Kind.CANCEL_REFUSED_FOR_GOOD, subject).isPresent()) {
            return Optional.of(refusal(
                    TossError.FAILED_INTERNAL_SYSTEM_PROCESSING,
                    exchange,
                    "[ES12] 구매확정 전에는 부분취소를 할 수 없습니다.",
                    "[ES12] A partial cancel is not possible before the purchase is confirmed."));
        }
        return faults.strike(Kind.DECLINE, subject)
                .map(fault -> refusal(fault, TossError.REJECT_CARD_COMPANY, request, exchange));
    }

    private Answer answerAfter(Answer answer, StruckCall call, HttpServletRequest request, Exchange exchange) {
        if (call.isHeld()) {
            CompletableFuture<?> held = call.held()
                    .handle((_, _) -> true)
                    .completeOnTimeout(false, LONGEST_HOLD.toSeconds(), TimeUnit.SECONDS);
            waitFor(held);
        }
        if (answer.status() >= 400) {
            return answer;
        }
        Subject subject = call.subject().about(exchange.orderId(), exchange.paymentKey());
        faults.strike(Kind.SLOW_AFTER_EFFECT, subject).ifPresent(fault -> pause(fault.delay()));
        Optional<Fault> error = faults.strike(Kind.ERROR_AFTER_EFFECT, subject);
        if (error.isPresent()) {
            return refusal(error.get(), TossError.FAILED_INTERNAL_SYSTEM_PROCESSING, request, exchange);
        }
        if (faults.strike(Kind.ANSWER_LOST_AFTER_EFFECT, subject).isPresent()) {
            exchange.loseAnswer();
            return answer;
        }
        Answer told = answer;
        if (faults.strike(Kind.ANSWER_OF_ANOTHER_ORDER, subject).isPresent()) {
            told = changed(told, StruckHandling::nameAnotherOrder);
        }
        if (faults.strike(Kind.ANSWER_FROM_THE_FUTURE, subject).isPresent()) {
            told = changed(told, StruckHandling::addTheUnheardOf);
        }
        return told;
    }

    /** Waits on the sandbox clock, so that moving it ends the wait. */
    private void pause(Duration delay) {
        CompletableFuture<Boolean> reached = schedule.reached(clock.instant().plus(delay));
        waitFor(reached);
        if (!reached.join()) {
            // The sandbox stops.
            throw new AnswerLost(false);
        }
    }

    private void waitFor(CompletableFuture<?> event) {
        if (!gate.waitOutside(event)) {
            throw new AnswerLost(true);
        }
    }

    private Answer refusal(Fault fault, TossError usual, HttpServletRequest request, Exchange exchange) {
        TossError code = fault.code();
        TossError error = code == null ? usual : code;
        String said = fault.plan().message();
        String message = said == null ? error.message(exchange.language()) : said;
        return new Answer(error.status(), errorJson.write(error, message, request), false);
    }

    private Answer refusal(TossError error, Exchange exchange, String korean, String english) {
        String message = exchange.language().equals(Locale.ENGLISH) ? english : korean;
        return new Answer(error.status(), errorJson.write(error, message), false);
    }

    private Answer changed(Answer answer, Consumer<ObjectNode> change) {
        if (answer.body().length > 0
                && !answer.isEncrypted()
                && json.readTree(answer.body()) instanceof ObjectNode fields) {
            change.accept(fields);
            return new Answer(answer.status(), json.writeValueAsBytes(fields), false);
        }
        return answer;
    }

    private static void nameAnotherOrder(ObjectNode fields) {
        for (String name : List.of("orderId", "paymentKey")) {
            if (fields.path(name).isString()) {
                fields.put(name, "another-" + fields.path(name).stringValue());
            }
        }
        for (String name : List.of("totalAmount", "balanceAmount")) {
            if (fields.path(name).isNumber()) {
                fields.put(name, fields.path(name).asLong() + 1_000);
            }
        }
    }

    private static void addTheUnheardOf(ObjectNode fields) {
        fields.put("simulatorExtra", true);
        fields.putObject("simulatorObject").putArray("values").add(1).addNull();
        for (String name : List.of("type", "method")) {
            if (fields.path(name).isString()) {
                fields.put(name, "UNHEARD_OF");
            }
        }
        if (fields.path("card") instanceof ObjectNode card) {
            card.put("simulatorExtra", "also here");
        }
    }
}
