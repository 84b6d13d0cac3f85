package dev.wonflow.payment.gateway.books;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * A line of Toss's list of transactions. What it means depends on what the payment had gone through before.
 *
 * @param key unique among all lines
 * @param status what the payment became, in Toss's word
 * @param amount without its sign, about which Toss says nothing
 * @param at in whole seconds
 */
public record ListedTransaction(
        String key, OrderId orderId, PaymentKey paymentKey, String status, Money amount, Instant at) {

    private static final String DONE = "DONE";
    private static final String WAITING = "WAITING_FOR_DEPOSIT";

    /** Of the lines of one payment: an account is issued before anything comes of it, however soon. */
    private static final Comparator<ListedTransaction> FROM_THE_FIRST = Comparator.comparing(ListedTransaction::at)
            .thenComparing(listed -> switch (listed.status) {
                case WAITING -> 0;
                case DONE -> 1;
                default -> 2;
            })
            .thenComparing(ListedTransaction::key);

    /**
     * The movements of money among them.
     *
     * @param listed all lines of each payment in it, in any order
     */
    public static List<TossTransaction> movements(Collection<ListedTransaction> listed) {
        Map<PaymentKey, Money> held = new HashMap<>();
        List<TossTransaction> movements = new ArrayList<>();
        for (ListedTransaction line : asTheyHappened(listed)) {
            Money before = held.getOrDefault(line.paymentKey, Money.ZERO);
            line.movement(before).ifPresent(movement -> {
                movements.add(movement);
                held.put(line.paymentKey, after(before, movement));
            });
        }
        return List.copyOf(movements);
    }

    /** Once it has begun, an approval comes before whatever happens to its money in the same second. */
    private static List<ListedTransaction> asTheyHappened(Collection<ListedTransaction> listed) {
        Map<PaymentKey, ListedTransaction> firsts = listed.stream()
                .collect(toMap(ListedTransaction::paymentKey, identity(), BinaryOperator.minBy(FROM_THE_FIRST)));
        return listed.stream()
                .sorted(Comparator.comparing(ListedTransaction::at)
                        .thenComparing(line -> !line.equals(firsts.get(line.paymentKey)))
                        .thenComparing(line -> !line.status.equals(DONE))
                        .thenComparing(ListedTransaction::key))
                .toList();
    }

    private static Money after(Money held, TossTransaction movement) {
        return switch (movement.kind()) {
            case CAPTURE -> held.plus(movement.amount());
            case REVERSAL -> Money.ZERO;
            // More than there is would be Toss's mistake, and is for the comparison to find.
            case REFUND -> held.isLessThan(movement.amount()) ? Money.ZERO : held.minus(movement.amount());
        };
    }

    /** Empty if no money moved: an account was issued, or given up before any deposit. */
    private Optional<TossTransaction> movement(Money held) {
        return switch (status) {
            case DONE -> Optional.of(moved(TossTransaction.Kind.CAPTURE, amount));
            case WAITING -> held.isZero() ? Optional.empty() : Optional.of(moved(TossTransaction.Kind.REVERSAL, held));
            case "CANCELED", "PARTIAL_CANCELED" ->
                held.isZero() ? Optional.empty() : Optional.of(moved(TossTransaction.Kind.REFUND, amount));
            // A word Toss has added: if money moved, its settlement will say so.
            default -> Optional.empty();
        };
    }

    private TossTransaction moved(TossTransaction.Kind kind, Money sum) {
        return new TossTransaction(key, orderId, paymentKey, kind, sum, at);
    }
}
