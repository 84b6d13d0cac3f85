package dev.wonflow.sandbox.payout.web;

import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.payout.Balances.Balance;
import dev.wonflow.sandbox.payout.Payout;
import dev.wonflow.sandbox.payout.Seller;
import java.math.BigDecimal;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What sellers, payouts and balances look like at Toss; written in the order of their fields. */
final class PayoutJson {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(SandboxClock.SEOUL);

    private PayoutJson() {}

    /** A seller. */
    record SellerView(
            String id,
            String refSellerId,
            String businessType,
            Seller.@Nullable Company company,
            Seller.@Nullable Individual individual,
            Seller.Account account,
            String status,
            @Nullable Map<String, String> metadata) {}

    /** A payout. */
    record PayoutView(
            String id,
            String refPayoutId,
            String destination,
            String scheduleType,
            String payoutDate,
            AmountView amount,
            String transactionDescription,
            String requestedAt,
            String status,
            @Nullable ErrorView error,
            @Nullable Map<String, String> metadata) {}

    /** A balance. */
    record BalanceView(AmountView pendingAmount, AmountView availableAmount) {}

    /**
     * An amount.
     *
     * @param value with one digit after the point, as Toss writes it
     */
    record AmountView(String currency, BigDecimal value) {

        static AmountView of(long won) {
            return new AmountView("KRW", BigDecimal.valueOf(won).setScale(1));
        }
    }

    /** Why a payout failed. */
    record ErrorView(String code, String message) {}

    static SellerView view(Seller seller) {
        return new SellerView(
                seller.id(),
                seller.refSellerId(),
                seller.businessType().name(),
                seller.company(),
                seller.individual(),
                seller.account(),
                seller.status().name(),
                seller.metadata());
    }

    static PayoutView view(Payout payout, Locale language) {
        TossError failure = payout.failure();
        return new PayoutView(
                payout.id(),
                payout.refPayoutId(),
                payout.destination(),
                payout.scheduleType().name(),
                payout.payoutDate().toString(),
                AmountView.of(payout.amountWon()),
                payout.transactionDescription(),
                TIME.format(payout.requestedAt()),
                payout.status().name(),
                failure == null ? null : new ErrorView(failure.name(), failure.message(language)),
                payout.metadata());
    }

    static BalanceView view(Balance balance) {
        return new BalanceView(AmountView.of(balance.pendingWon()), AmountView.of(balance.availableWon()));
    }
}
