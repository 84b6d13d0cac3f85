package dev.wonflow.sandbox.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.calendar.CalendarFixture;
import dev.wonflow.sandbox.currency.Currency;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import dev.wonflow.sandbox.payment.PaymentStatus;
import dev.wonflow.sandbox.transaction.Transaction;
import dev.wonflow.sandbox.transaction.Transaction.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettlementTermsTest {

    private static final Instant SATURDAY = Instant.parse("2023-11-25T04:03:39Z");

    /** 3.4 % without VAT, and ten per cent of the fee as VAT; each rounded half up. */
    @ParameterizedTest
    @CsvSource({"33000, 1122, 112, 31766", "100, 3, 0, 97", "15000, 510, 51, 14439", "99800, 3393, 339, 96068"})
    void a_card_is_charged_by_the_amount(long won, long supply, long vat, long payOut) {
        Settlement settlement = terms(Map.of()).settlementOf(transaction(PaymentMethod.CARD, Kind.APPROVAL, won));

        assertThat(settlement.supplyWon()).isEqualTo(supply);
        assertThat(settlement.vatWon()).isEqualTo(vat);
        assertThat(settlement.payOutWon()).isEqualTo(payOut);
    }

    @Test
    void a_whole_cancel_takes_back_what_the_sale_brought() {
        Settlement sale = terms(Map.of()).settlementOf(transaction(PaymentMethod.CARD, Kind.APPROVAL, 99_800));
        Settlement cancel = terms(Map.of()).settlementOf(transaction(PaymentMethod.CARD, Kind.CANCEL, 99_800));

        assertThat(cancel.amountWon()).isEqualTo(-99_800);
        assertThat(cancel.payOutWon()).isEqualTo(-sale.payOutWon());
    }

    @Test
    void a_fee_by_the_payment_is_not_given_back_by_a_cancel_but_by_a_reversal() {
        SettlementTerms terms = terms(Map.of());

        assertThat(terms.settlementOf(transaction(PaymentMethod.VIRTUAL_ACCOUNT, Kind.APPROVAL, 10_000))
                        .feeWon())
                .isEqualTo(440);
        assertThat(terms.settlementOf(transaction(PaymentMethod.VIRTUAL_ACCOUNT, Kind.CANCEL, 10_000))
                        .feeWon())
                .isZero();
        assertThat(terms.settlementOf(transaction(PaymentMethod.VIRTUAL_ACCOUNT, Kind.REVERSAL, 10_000))
                        .feeWon())
                .isEqualTo(-440);
    }

    @Test
    void a_fee_of_ones_own_replaces_the_usual_one() {
        SettlementTerms terms =
                terms(Map.of(PaymentMethod.CARD, new SettlementSettings.Fee(new BigDecimal("2.05"), 100)));

        assertThat(terms.settlementOf(transaction(PaymentMethod.CARD, Kind.APPROVAL, 10_000))
                        .supplyWon())
                .isEqualTo(305);
    }

    /** 3 % of 100,000 won for three months, rounded and taxed apart from the fee of 3.4 %. */
    @Test
    void the_interest_of_instalments_the_merchant_pays_is_a_fee_of_its_own() {
        Settlement sale = terms(Map.of()).settlementOf(byInstalments(Kind.APPROVAL, 100_015));
        Settlement cancel = terms(Map.of()).settlementOf(byInstalments(Kind.CANCEL, 100_015));

        assertThat(sale.fees())
                .containsExactly(
                        new Settlement.Fee(Settlement.FeeType.BASE, 3_401, 340),
                        new Settlement.Fee(Settlement.FeeType.INSTALLMENT_DISCOUNT, 3_000, 300));
        assertThat(sale.interestWon()).isEqualTo(3_300);
        assertThat(sale.payOutWon()).isEqualTo(100_015 - 3_741 - 3_300);
        assertThat(cancel.payOutWon()).isEqualTo(-sale.payOutWon());
    }

    @Test
    void it_is_sold_on_its_day_in_seoul_and_paid_out_four_business_days_later() {
        Settlement settlement = terms(Map.of()).settlementOf(transaction(PaymentMethod.CARD, Kind.APPROVAL, 1_000));

        assertThat(settlement.soldDate()).isEqualTo(LocalDate.of(2023, 11, 25));
        assertThat(settlement.paidOutDate()).isEqualTo(LocalDate.of(2023, 11, 30));
    }

    @Test
    void the_first_sale_of_a_payday_may_lie_before_a_weekend() {
        SettlementTerms terms = terms(Map.of());

        // Friday, Saturday and Sunday are all paid out on the Thursday after.
        assertThat(terms.firstSoldDatePaidOutFrom(LocalDate.of(2023, 11, 30))).isEqualTo(LocalDate.of(2023, 11, 24));
    }

    private static SettlementTerms terms(Map<PaymentMethod, SettlementSettings.Fee> fees) {
        SettlementSettings settings = new SettlementSettings(true, false, 4, fees, new BigDecimal("1.0"), 1);
        return new SettlementTerms(settings, CalendarFixture.aCalendar());
    }

    private static Transaction transaction(PaymentMethod method, Kind kind, long won) {
        return transaction(method, kind, won, 0);
    }

    private static Transaction byInstalments(Kind kind, long won) {
        return transaction(PaymentMethod.CARD, kind, won, 3);
    }

    private static Transaction transaction(PaymentMethod method, Kind kind, long won, int interestMonths) {
        return new Transaction(
                "mid",
                "key",
                "paymentKey",
                "order-1",
                method,
                null,
                false,
                kind,
                PaymentStatus.DONE,
                SATURDAY,
                won,
                interestMonths,
                SATURDAY,
                Currency.KRW);
    }
}
