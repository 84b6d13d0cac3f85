package dev.wonflow.sandbox.keyin;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.card.TestCard;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.payment.AcceptPayment;
import dev.wonflow.sandbox.payment.Payment;
import java.time.Clock;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Charges a card by its number (키인 결제): no window, no confirm. */
@Component
public class ChargeCard {

    private final AcceptPayment acceptPayment;
    private final Assumptions assumptions;
    private final Clock clock;

    ChargeCard(AcceptPayment acceptPayment, Assumptions assumptions, Clock clock) {
        this.acceptPayment = acceptPayment;
        this.assumptions = assumptions;
        this.clock = clock;
    }

    /** A card as the merchant was told it; formats as at {@link TestCard#of}. */
    public record Details(
            String number,
            String expirationYear,
            String expirationMonth,
            String customerIdentityNumber,
            @Nullable String password) {}

    /**
     * Charges the card.
     *
     * @param installmentMonths 0 for one payment
     * @throws Refused if the card is declined or the request is wrong; then there is no payment
     */
    public Payment charge(
            KeyPair keys, AcceptPayment.Request request, Details details, int installmentMonths, boolean pointsUsed) {
        TestCard card = read(details);
        card.charge();
        return acceptPayment.byCard(keys, request, card.face(), installmentMonths, pointsUsed);
    }

    /**
     * Reads a card without charging it.
     *
     * @throws Refused if it is no card, or one that has expired
     */
    public TestCard read(Details details) {
        return TestCard.of(
                details.number(),
                details.expirationYear(),
                details.expirationMonth(),
                details.customerIdentityNumber(),
                details.password(),
                YearMonth.from(clock.instant().atZone(SandboxClock.SEOUL)),
                assumptions.cardNumbersByBin());
    }
}
