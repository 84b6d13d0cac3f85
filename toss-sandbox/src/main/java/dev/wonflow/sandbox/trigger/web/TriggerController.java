package dev.wonflow.sandbox.trigger.web;

import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.merchant.Merchants;
import dev.wonflow.sandbox.trigger.Outcome;
import dev.wonflow.sandbox.trigger.PullTrigger;
import dev.wonflow.sandbox.trigger.StepRefused;
import dev.wonflow.sandbox.trigger.Trigger;
import dev.wonflow.sandbox.trigger.Wish;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Makes things happen, for the control page and the terminal alike. */
@RestController
@RequestMapping("/control/triggers")
class TriggerController {

    private static final long LEAST_WON = 100;
    private static final long USUAL_WON = 33_000;

    private final PullTrigger pullTrigger;
    private final Merchants merchants;

    TriggerController(PullTrigger pullTrigger, Merchants merchants) {
        this.pullTrigger = pullTrigger;
        this.merchants = merchants;
    }

    /** What can be made to happen. */
    record TriggerView(String name) {}

    /**
     * What it is to happen to; everything may be left out.
     *
     * @param secretKey names the merchant; the first one that has keys beyond the widgets, if left out
     */
    record Request(
            @Nullable String secretKey,
            @Nullable String orderId,
            @Nullable String paymentKey,
            @Nullable Long amount,
            @Nullable Long cancelAmount,
            @Nullable String code,
            @Nullable String billingKey,
            @Nullable String customerKey) {

        static final Request NOTHING_SAID = new Request(null, null, null, null, null, null, null, null);
    }

    @GetMapping
    List<TriggerView> triggers() {
        return Arrays.stream(Trigger.values())
                .map(trigger -> new TriggerView(trigger.event()))
                .toList();
    }

    @PostMapping("/{name}")
    Outcome pull(@PathVariable String name, @RequestBody(required = false) @Nullable Request request) {
        Trigger trigger = Trigger.named(name)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "trigger: " + name + " (expected: one of " + names() + ")"));
        Wish wish = wish(Objects.requireNonNullElse(request, Request.NOTHING_SAID));
        try {
            return pullTrigger.pull(trigger, wish);
        } catch (StepRefused refused) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, refused.getMessage(), refused);
        }
    }

    private Wish wish(Request request) {
        long amountMinor = Objects.requireNonNullElse(request.amount(), USUAL_WON);
        if (amountMinor < LEAST_WON) {
            throw wrong("amount", amountMinor, LEAST_WON + " or more");
        }
        Long cancelMinor = request.cancelAmount();
        if (cancelMinor != null && cancelMinor < 1) {
            throw wrong("cancelAmount", cancelMinor, "1 or more");
        }
        String code = Objects.requireNonNullElse(request.code(), TossError.REJECT_CARD_COMPANY.name());
        return new Wish(
                keys(request.secretKey()),
                request.orderId(),
                request.paymentKey(),
                amountMinor,
                cancelMinor,
                TossError.of(code).orElseThrow(() -> wrong("code", code, "a code of Toss")),
                request.billingKey(),
                Objects.requireNonNullElse(request.customerKey(), "customer-of-triggers"),
                ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString());
    }

    private KeyPair keys(@Nullable String secretKey) {
        Optional<KeyPair> found = secretKey == null
                ? merchants
                        .firstBeyondWidgets()
                        .or(() -> merchants.all().stream().findFirst())
                : merchants.withSecretKey(secretKey);
        // The key itself is not repeated, since it may be one of another place.
        return found.orElseThrow(() -> new ResponseStatusException(
                HttpStatus.BAD_REQUEST, "secretKey: unknown (expected: one of this sandbox)"));
    }

    private static String names() {
        return Arrays.stream(Trigger.values()).map(Trigger::event).collect(Collectors.joining(", "));
    }

    private static ResponseStatusException wrong(String field, Object value, String expected) {
        return new ResponseStatusException(
                HttpStatus.BAD_REQUEST, field + ": " + value + " (expected: " + expected + ")");
    }
}
