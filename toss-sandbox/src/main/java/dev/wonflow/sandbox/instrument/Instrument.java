package dev.wonflow.sandbox.instrument;

import dev.wonflow.sandbox.card.CardFace;
import dev.wonflow.sandbox.card.InterestPayer;
import dev.wonflow.sandbox.institution.Bank;
import dev.wonflow.sandbox.institution.EasyPayProvider;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a payment is paid with. */
public sealed interface Instrument {

    /** The method it belongs to. */
    PaymentMethod method();

    /** The card that is charged; null if none is. */
    default @Nullable Card card() {
        return null;
    }

    /**
     * A card.
     *
     * @param installmentMonths 0 for one payment
     * @param interestPayer null for one payment
     * @param approveNo eight digits, with leading zeros
     * @param amountMinor what the card pays: the total without what a discount or easy pay takes over
     */
    record Card(
            CardFace face,
            int installmentMonths,
            @Nullable InterestPayer interestPayer,
            String approveNo,
            boolean pointsUsed,
            long amountMinor)
            implements Instrument {

        @Override
        public PaymentMethod method() {
            return PaymentMethod.CARD;
        }

        @Override
        public Card card() {
            return this;
        }

        /** Whether the buyer pays by instalments, and another pays their interest. */
        public boolean isInterestFree() {
            return interestPayer == InterestPayer.CARD_COMPANY || interestPayer == InterestPayer.MERCHANT;
        }
    }

    /**
     * A virtual account.
     *
     * @param accountNumber begins with X, as every test account does
     * @param fixed whether the account belongs to the customer for good (고정)
     * @param depositorName who paid in; null until then
     * @param dueAt until when the bank takes a deposit
     * @param refunds one for each cancel since the deposit, oldest first
     * @param refundAccount where the buyer wants a refund to go, if the window asked
     */
    record VirtualAccount(
            String accountNumber,
            boolean fixed,
            Bank bank,
            String customerName,
            @Nullable String depositorName,
            Instant dueAt,
            List<Refund> refunds,
            @Nullable RefundAccount refundAccount)
            implements Instrument {

        @Override
        public PaymentMethod method() {
            return PaymentMethod.VIRTUAL_ACCOUNT;
        }

        public VirtualAccount paidInBy(@Nullable String depositor) {
            return new VirtualAccount(
                    accountNumber, fixed, bank, customerName, depositor, dueAt, refunds, refundAccount);
        }

        public VirtualAccount refunded(List<Refund> all) {
            return new VirtualAccount(
                    accountNumber, fixed, bank, customerName, depositorName, dueAt, all, refundAccount);
        }

        /** How far the refunds got: one that failed shows once none is under way. */
        public RefundStatus refundStatus(Instant now) {
            if (refunds.isEmpty()) {
                return RefundStatus.NONE;
            }
            if (refunds.stream().anyMatch(refund -> refund.isPending(now))) {
                return RefundStatus.PENDING;
            }
            if (refunds.stream().noneMatch(refund -> refund.hasFailed(now))) {
                return RefundStatus.COMPLETED;
            }
            return refunds.getFirst().whole() ? RefundStatus.FAILED : RefundStatus.PARTIAL_FAILED;
        }

        /** Whether the bank refuses deposits. Nothing else changes when it starts to, and nobody is told. */
        public boolean isExpired(Instant now) {
            return depositorName == null && now.isAfter(dueAt);
        }
    }

    /** A transfer from the buyer's account. */
    record Transfer(Bank bank) implements Instrument {

        @Override
        public PaymentMethod method() {
            return PaymentMethod.TRANSFER;
        }
    }

    /**
     * The telephone bill.
     *
     * @param carrier telephone company; shown up to version 1.4 only
     */
    record MobilePhone(String customerMobilePhone, String carrier) implements Instrument {

        @Override
        public PaymentMethod method() {
            return PaymentMethod.MOBILE_PHONE;
        }
    }

    /**
     * A gift certificate.
     *
     * @param method one of the three kinds
     * @param approveNo eight digits, with leading zeros
     */
    record GiftCertificate(PaymentMethod method, String approveNo) implements Instrument {}

    /**
     * Easy pay, in Korea or overseas. What card, money and points pay adds up to the total.
     *
     * @param card null if no card was used
     * @param moneyMinor paid from an account or from charged money
     * @param pointsMinor paid with points and coupons
     */
    record EasyPay(EasyPayProvider provider, @Nullable Card card, long moneyMinor, long pointsMinor)
            implements Instrument {

        @Override
        public PaymentMethod method() {
            return provider.isOverseas() ? PaymentMethod.FOREIGN_EASY_PAY : PaymentMethod.EASY_PAY;
        }
    }
}
