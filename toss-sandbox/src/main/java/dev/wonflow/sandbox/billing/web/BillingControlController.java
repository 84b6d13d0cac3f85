package dev.wonflow.sandbox.billing.web;

import dev.wonflow.sandbox.billing.AuthorizeBilling;
import dev.wonflow.sandbox.billing.BillingKey;
import dev.wonflow.sandbox.billing.BillingMethod;
import dev.wonflow.sandbox.billing.BillingWindowClosed;
import dev.wonflow.sandbox.billing.CardDetails;
import dev.wonflow.sandbox.billing.DeleteBillingKey;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.web.Language;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What a buyer does in the billing window, without a browser, and what Toss does with a key of its own accord. */
@RestController
@RequestMapping("/control/billing")
class BillingControlController {

    private final AuthorizeBilling authorizeBilling;
    private final DeleteBillingKey deleteBillingKey;
    private final Clock clock;

    BillingControlController(AuthorizeBilling authorizeBilling, DeleteBillingKey deleteBillingKey, Clock clock) {
        this.authorizeBilling = authorizeBilling;
        this.deleteBillingKey = deleteBillingKey;
        this.clock = clock;
    }

    record Authorize(
            @Nullable String customerKey,
            @Nullable String method,
            @Nullable String clientKey,
            @Nullable String cardNumber,
            @Nullable String cardExpirationYear,
            @Nullable String cardExpirationMonth) {}

    record Authorized(String authKey) {}

    record Authenticate(
            @Nullable String cardNumber,
            @Nullable String cardExpirationYear,
            @Nullable String cardExpirationMonth) {}

    record Decline(@Nullable String code) {}

    record Next(String redirectUrl) {}

    record Delete(@Nullable String reason) {}

    record Deleted(Instant deletedAt) {}

    @PostMapping("/authorizations")
    Authorized authorize(@RequestBody Authorize request) {
        String customerKey = request.customerKey();
        if (customerKey == null) {
            throw new ResponseStatusException(
                    HttpStatus.BAD_REQUEST, "customerKey: none (expected: 2 to 300 characters)");
        }
        return new Authorized(authorizeBilling.agree(
                request.clientKey(),
                customerKey,
                request.method() == null ? BillingMethod.CARD : methodNamed(request.method()),
                card(request.cardNumber(), request.cardExpirationYear(), request.cardExpirationMonth())));
    }

    @PostMapping("/{id}/authenticate")
    Next authenticate(@PathVariable String id, @RequestBody(required = false) @Nullable Authenticate request) {
        CardDetails card = request == null
                ? null
                : card(request.cardNumber(), request.cardExpirationYear(), request.cardExpirationMonth());
        return next(id, () -> card == null ? authorizeBilling.approve(id) : authorizeBilling.approve(id, card));
    }

    @PostMapping("/{id}/decline")
    Next decline(
            @PathVariable String id,
            @RequestBody(required = false) @Nullable Decline request,
            HttpServletRequest caller) {
        String code = request == null ? null : request.code();
        TossError why = code == null ? TossError.REJECT_CARD_COMPANY : codeNamed(code);
        return next(id, () -> authorizeBilling.decline(id, why, Language.of(caller)));
    }

    @PostMapping("/{id}/cancel")
    Next cancel(@PathVariable String id, HttpServletRequest caller) {
        return next(id, () -> authorizeBilling.cancel(id, Language.of(caller)));
    }

    @PostMapping("/{billingKey}/delete")
    Deleted delete(@PathVariable String billingKey, @RequestBody(required = false) @Nullable Delete request) {
        Instant deletedAt = deleteBillingKey
                .deleteAsToss(billingKey, request == null ? null : request.reason())
                .map(BillingKey::deletedAt)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.NOT_FOUND, "billing key: unknown (expected: one that was issued)"));
        return new Deleted(deletedAt);
    }

    private static Next next(String id, Supplier<Optional<String>> answer) {
        try {
            return new Next(answer.get()
                    .orElseThrow(() -> new ResponseStatusException(
                            HttpStatus.NOT_FOUND,
                            "billing authorization: " + id + " (expected: one that was started)")));
        } catch (BillingWindowClosed e) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, e.getMessage(), e);
        }
    }

    /** The card named, good for years unless its expiry is given; null for the one the buyer has anyway. */
    private @Nullable CardDetails card(@Nullable String number, @Nullable String year, @Nullable String month) {
        if (number == null && year == null && month == null) {
            return null;
        }
        CardDetails card = number == null
                ? CardDetails.ofTheBuyer(clock.instant())
                : CardDetails.ofTheBuyer(number, clock.instant());
        return new CardDetails(
                card.number(),
                year == null ? card.expirationYear() : year,
                month == null ? card.expirationMonth() : month,
                card.identityNumber(),
                card.password());
    }

    private static BillingMethod methodNamed(String name) {
        return BillingMethod.named(name)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST, "method: " + name + " (expected: CARD, TRANSFER, 카드, 계좌이체)"));
    }

    private static TossError codeNamed(String name) {
        return TossError.of(name)
                .orElseThrow(() -> new ResponseStatusException(
                        HttpStatus.BAD_REQUEST, "code: " + name + " (expected: a code of Toss)"));
    }
}
