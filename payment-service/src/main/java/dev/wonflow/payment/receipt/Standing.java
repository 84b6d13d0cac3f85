package dev.wonflow.payment.receipt;

import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.GatewayReceipt;
import dev.wonflow.payment.payment.CapturedFunds;
import dev.wonflow.payment.payment.Payment;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What of a payment's money receipts stand for. */
final class Standing {

    /** Toss's words for what is paid like cash. */
    private static final Set<String> METHODS = Set.of("계좌이체", "가상계좌");

    private static final String CANCEL = "c_";

    private Standing() {}

    /** Whether the law knows a receipt for it at all. */
    static boolean isPaidLikeCash(Payment payment) {
        CapturedFunds funds = payment.funds();
        return funds != null && (funds.dueAt() != null || METHODS.contains(String.valueOf(funds.method())));
    }

    /** Toss's name of all cancels of a receipt. */
    static String cancelKey(String receiptKey) {
        return CANCEL + receiptKey;
    }

    /** Whether there is a receipt that was neither refused nor taken back as a whole. */
    static boolean hasReceipt(List<CashReceipt> receipts) {
        return receipts.stream()
                .filter(receipt -> receipt.told().kind() == GatewayReceipt.Kind.CONFIRM && !receipt.hasFailed())
                .anyMatch(receipt ->
                        takenBack(receipts, receipt).isLessThan(receipt.told().amount()));
    }

    private static Money takenBack(List<CashReceipt> receipts, CashReceipt of) {
        String key = cancelKey(of.told().receiptKey());
        return receipts.stream()
                .filter(receipt -> receipt.told().receiptKey().equals(key) && !receipt.hasFailed())
                .map(receipt -> receipt.told().amount())
                .reduce(Money.ZERO, Money::plus);
    }

    /**
     * What the last receipt that came with the payment says beyond the money that is left, though Toss takes that back
     * by itself; empty if it says nothing. Of a receipt without a state Toss does not tell the cancels either.
     */
    static Optional<Money> leftStanding(Payment payment, List<CashReceipt> receipts) {
        return receipts.stream()
                .filter(receipt ->
                        receipt.requestedBy() == null && receipt.told().status() != null)
                .filter(receipt -> receipt.told().kind() == GatewayReceipt.Kind.CONFIRM && !receipt.hasFailed())
                .max(Comparator.comparing(receipt -> receipt.told().requestedAt()))
                .map(receipt -> beyond(
                        receipt.told().amount(), cancelled(receipts, receipt).plus(payment.balance())))
                .filter(left -> !left.isZero());
    }

    /** Also what the tax office refused to take back, of which a person is told in another way. */
    private static Money cancelled(List<CashReceipt> receipts, CashReceipt of) {
        String key = cancelKey(of.told().receiptKey());
        return receipts.stream()
                .filter(receipt -> receipt.told().receiptKey().equals(key))
                .map(receipt -> receipt.told().amount())
                .reduce(Money.ZERO, Money::plus);
    }

    /** What is to be taken back of the last receipt that we asked for. */
    record Excess(CashReceipt of, Money amount) {}

    /**
     * What the last receipt we asked for says beyond the money that is left. What we have asked to be taken back counts
     * as taken, whatever the tax office says of it: asking again is for a person.
     */
    static Optional<Excess> excess(Payment payment, List<CashReceipt> receipts, List<ReceiptRequest> requests) {
        return receipts.stream()
                .filter(receipt -> receipt.requestedBy() != null)
                .filter(receipt -> receipt.told().kind() == GatewayReceipt.Kind.CONFIRM && !receipt.hasFailed())
                .max(Comparator.comparing(receipt -> receipt.told().requestedAt()))
                .map(receipt -> new Excess(receipt, excess(payment, receipt, requests)))
                .filter(excess -> !excess.amount().isZero());
    }

    private static Money excess(Payment payment, CashReceipt receipt, List<ReceiptRequest> requests) {
        Money asked = requests.stream()
                .filter(request -> request.kind() == GatewayReceipt.Kind.CANCEL)
                .filter(request -> receipt.told().receiptKey().equals(request.receiptKey()))
                .map(ReceiptRequest::amount)
                .reduce(Money.ZERO, Money::plus);
        return beyond(receipt.told().amount(), asked.plus(payment.balance()));
    }

    private static Money beyond(Money amount, Money accountedFor) {
        return accountedFor.isLessThan(amount) ? amount.minus(accountedFor) : Money.ZERO;
    }
}
