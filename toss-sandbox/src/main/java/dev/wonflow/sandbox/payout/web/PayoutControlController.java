package dev.wonflow.sandbox.payout.web;

import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.web.Language;
import dev.wonflow.sandbox.payout.IllegalStep;
import dev.wonflow.sandbox.payout.MovePayouts;
import dev.wonflow.sandbox.payout.MoveSellers;
import dev.wonflow.sandbox.payout.PayoutStatus;
import dev.wonflow.sandbox.payout.SellerStatus;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Moves sellers and payouts by hand, without waiting for a person, an examiner or a bank. */
@RestController
class PayoutControlController {

    private final MoveSellers moveSellers;
    private final MovePayouts movePayouts;

    PayoutControlController(MoveSellers moveSellers, MovePayouts movePayouts) {
        this.moveSellers = moveSellers;
        this.movePayouts = movePayouts;
    }

    record Move(@Nullable String status, @Nullable String code) {}

    @PostMapping("/control/sellers/{sellerId}/status")
    PayoutJson.SellerView moveSeller(@PathVariable String sellerId, @RequestBody Move request) {
        SellerStatus to = constant(SellerStatus.class, request.status());
        return moved("seller", sellerId, () -> moveSellers.move(sellerId, to).map(PayoutJson::view));
    }

    @PostMapping("/control/payouts/{payoutId}/status")
    PayoutJson.PayoutView movePayout(
            @PathVariable String payoutId, @RequestBody Move request, HttpServletRequest caller) {
        PayoutStatus to = constant(PayoutStatus.class, request.status());
        String code = request.code();
        TossError why = code == null
                ? TossError.NOT_AVAILABLE_BANK
                : TossError.of(code).orElseThrow(() -> wrong("code", code, "a code of Toss"));
        return moved(
                "payout",
                payoutId,
                () -> movePayouts.move(payoutId, to, why).map(payout -> PayoutJson.view(payout, Language.of(caller))));
    }

    private static <T> T moved(String what, String id, Supplier<Optional<T>> move) {
        try {
            return move.get()
                    .orElseThrow(() -> new ResponseStatusException(
                            HttpStatus.NOT_FOUND,
                            what + ": " + id + " (expected: an id that GET /v2/" + what + "s lists)"));
        } catch (IllegalStep e) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, e.getMessage(), e);
        }
    }

    private static <E extends Enum<E>> E constant(Class<E> type, @Nullable String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.name().equals(name))
                .findFirst()
                .orElseThrow(() -> wrong("status", name, "one of " + Arrays.toString(type.getEnumConstants())));
    }

    private static ResponseStatusException wrong(String field, @Nullable String value, String expected) {
        return new ResponseStatusException(
                HttpStatus.BAD_REQUEST, field + ": " + value + " (expected: " + expected + ")");
    }
}
