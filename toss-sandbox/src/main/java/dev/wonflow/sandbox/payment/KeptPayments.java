package dev.wonflow.sandbox.payment;

import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.merchant.Merchants;
import dev.wonflow.sandbox.state.Kept;
import java.time.Instant;
import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The payments as part of the state that is kept: keys by their client key, instruments side by side. */
@Component
class KeptPayments implements Kept<KeptPayments.Books> {

    private final Payments payments;
    private final ExpirePayments expirePayments;
    private final FinishCancels finishCancels;
    private final Merchants merchants;

    KeptPayments(Payments payments, ExpirePayments expirePayments, FinishCancels finishCancels, Merchants merchants) {
        this.payments = payments;
        this.expirePayments = expirePayments;
        this.finishCancels = finishCancels;
        this.merchants = merchants;
    }

    /** All payments, oldest first. */
    record Books(List<Row> payments) {}

    /** A payment without what can be looked up. */
    record Row(
            SessionRow session,
            PaymentStatus status,
            Amounts amounts,
            @Nullable Choice choice,
            Instant deadline,
            @Nullable AcceptanceRow acceptance,
            List<Cancel> cancels,
            @Nullable TossError failure) {}

    record SessionRow(
            String paymentKey,
            String clientKey,
            PaymentType type,
            String orderId,
            String orderName,
            PaymentMethod method,
            long amountWon,
            long taxFreeWon,
            long taxExemptionWon,
            Buyer buyer,
            Terms terms,
            @Nullable Overseas overseas,
            @Nullable Map<String, String> metadata,
            @Nullable String successUrl,
            @Nullable String failUrl,
            String checkoutUrl,
            Instant requestedAt) {}

    /** An acceptance with exactly one instrument. */
    record AcceptanceRow(
            @Nullable Instant approvedAt,
            String transactionKey,
            @Nullable String secret,
            long discountWon,
            @Nullable IssuedCashReceipt cashReceipt,
            Instrument.@Nullable Card card,
            Instrument.@Nullable VirtualAccount virtualAccount,
            Instrument.@Nullable Transfer transfer,
            Instrument.@Nullable MobilePhone mobilePhone,
            Instrument.@Nullable GiftCertificate giftCertificate,
            Instrument.@Nullable EasyPay easyPay) {

        static AcceptanceRow of(Acceptance acceptance) {
            Instrument by = acceptance.instrument();
            return new AcceptanceRow(
                    acceptance.approvedAt(),
                    acceptance.transactionKey(),
                    acceptance.secret(),
                    acceptance.discountWon(),
                    acceptance.cashReceipt(),
                    by instanceof Instrument.Card card ? card : null,
                    by instanceof Instrument.VirtualAccount account ? account : null,
                    by instanceof Instrument.Transfer transfer ? transfer : null,
                    by instanceof Instrument.MobilePhone phone ? phone : null,
                    by instanceof Instrument.GiftCertificate certificate ? certificate : null,
                    by instanceof Instrument.EasyPay easyPay ? easyPay : null);
        }

        Acceptance toAcceptance() {
            return new Acceptance(approvedAt, transactionKey, secret, instrument(), discountWon, cashReceipt);
        }

        private Instrument instrument() {
            if (card != null) {
                return card;
            }
            if (virtualAccount != null) {
                return virtualAccount;
            }
            if (transfer != null) {
                return transfer;
            }
            if (mobilePhone != null) {
                return mobilePhone;
            }
            if (giftCertificate != null) {
                return giftCertificate;
            }
            if (easyPay != null) {
                return easyPay;
            }
            throw new IllegalArgumentException("acceptance " + transactionKey + ": no instrument (expected: one)");
        }
    }

    @Override
    public String stateName() {
        return "payments";
    }

    @Override
    public Class<Books> stateType() {
        return Books.class;
    }

    /** Copies references only; a row is made of a payment when somebody asks for it. */
    @Override
    public Books state() {
        return new Books(new Rows(payments.copy()));
    }

    /** The rows of payments, each made when it is asked for: a hundred thousand of them are never there at once. */
    private static final class Rows extends AbstractList<Row> implements RandomAccess {

        private final List<Payment> payments;

        Rows(List<Payment> payments) {
            this.payments = payments;
        }

        @Override
        public Row get(int index) {
            return row(payments.get(index));
        }

        @Override
        public int size() {
            return payments.size();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Rows rows ? payments.equals(rows.payments) : super.equals(other);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }

    /**
     * Replaces all payments and sets their deadlines again.
     *
     * @throws IllegalArgumentException if a payment was opened with keys the sandbox no longer has
     */
    @Override
    public void restore(Books books) {
        List<Payment> restored = books.payments() instanceof Rows rows
                ? rows.payments
                : books.payments().stream().map(this::payment).toList();
        payments.replace(restored);
        restored.stream().filter(payment -> payment.status().canExpire()).forEach(expirePayments::watch);
        restored.forEach(finishCancels::watch);
    }

    private static Row row(Payment payment) {
        Session session = payment.session();
        Acceptance acceptance = payment.acceptance();
        return new Row(
                new SessionRow(
                        session.paymentKey(),
                        session.openedWith().clientKey(),
                        session.type(),
                        session.orderId(),
                        session.orderName(),
                        session.method(),
                        session.amountWon(),
                        session.taxFreeWon(),
                        session.taxExemptionWon(),
                        session.buyer(),
                        session.terms(),
                        session.overseas(),
                        session.metadata(),
                        session.successUrl(),
                        session.failUrl(),
                        session.checkoutUrl(),
                        session.requestedAt()),
                payment.status(),
                payment.amounts(),
                payment.choice(),
                payment.deadline(),
                acceptance == null ? null : AcceptanceRow.of(acceptance),
                payment.cancels(),
                payment.failure());
    }

    private Payment payment(Row row) {
        SessionRow session = row.session();
        KeyPair keys = merchants
                .withClientKey(session.clientKey())
                .orElseThrow(() -> new IllegalArgumentException("payment " + session.paymentKey()
                        + ": opened with keys that are gone (expected: " + session.clientKey() + ")"));
        AcceptanceRow acceptance = row.acceptance();
        return new Payment(
                new Session(
                        session.paymentKey(),
                        keys,
                        session.type(),
                        session.orderId(),
                        session.orderName(),
                        session.method(),
                        session.amountWon(),
                        session.taxFreeWon(),
                        session.taxExemptionWon(),
                        session.buyer(),
                        session.terms(),
                        session.overseas(),
                        session.metadata(),
                        session.successUrl(),
                        session.failUrl(),
                        session.checkoutUrl(),
                        session.requestedAt()),
                row.status(),
                row.amounts(),
                row.choice(),
                row.deadline(),
                acceptance == null ? null : acceptance.toAcceptance(),
                row.cancels(),
                row.failure());
    }
}
