package dev.wonflow.sandbox.settlement;

import dev.wonflow.sandbox.instrument.PaymentMethod;
import java.math.BigDecimal;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of settlements.
 *
 * @param enabled Whether test payments are settled; Toss settles live payments only
 * @param manual Whether a payment is settled only once the merchant asks for it, which takes a contract at Toss
 * @param businessDays business days from the sale to the day it is paid out; contracts differ, four were seen
 * @param fees fee of each method; a method left out keeps its usual one, or else takes that of cards
 * @param interestPercentPerMonth what instalments without interest cost a merchant who pays for them, in percent of the
 *     amount and for each month, without VAT; assumed
 * @param requestCapacity number of requested settlements kept; beyond it the oldest is forgotten
 */
@ConfigurationProperties("wonflow.sandbox.settlement")
record SettlementSettings(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("false") boolean manual,
        @DefaultValue("4") int businessDays,
        @DefaultValue Map<PaymentMethod, Fee> fees,
        @DefaultValue("1.0") BigDecimal interestPercentPerMonth,
        @DefaultValue("50000") int requestCapacity) {

    /**
     * A fee without VAT, which comes on top.
     *
     * @param percent part of the amount, in percent
     * @param won amount per payment, in won; a cancel does not give it back
     */
    record Fee(
            @DefaultValue("0") BigDecimal percent,
            @DefaultValue("0") long won) {

        Fee {
            if (percent.signum() < 0 || percent.compareTo(BigDecimal.valueOf(100)) > 0 || won < 0) {
                throw new IllegalArgumentException("wonflow.sandbox.settlement.fees: percent " + percent + ", won "
                        + won + " (expected: percent from 0 to 100, won >= 0)");
            }
        }
    }

    /** The rates Toss advertises; a contract may have others. */
    private static final Map<String, Fee> USUAL = Map.of(
            "CARD", new Fee(new BigDecimal("3.4"), 0),
            "EASY_PAY", new Fee(new BigDecimal("3.4"), 0),
            "MOBILE_PHONE", new Fee(new BigDecimal("3.5"), 0),
            "TRANSFER", new Fee(new BigDecimal("2.0"), 0),
            "VIRTUAL_ACCOUNT", new Fee(BigDecimal.ZERO, 400));

    private static final Fee USUAL_OF_CARDS = new Fee(new BigDecimal("3.4"), 0);

    private static final int MOST_BUSINESS_DAYS = 60;

    private static final BigDecimal MOST_INTEREST_PERCENT = BigDecimal.valueOf(5);

    SettlementSettings {
        if (interestPercentPerMonth.signum() < 0 || interestPercentPerMonth.compareTo(MOST_INTEREST_PERCENT) > 0) {
            throw new IllegalArgumentException("wonflow.sandbox.settlement.interest-percent-per-month: "
                    + interestPercentPerMonth + " (expected: from 0 to " + MOST_INTEREST_PERCENT + ")");
        }
        if (businessDays < 0 || businessDays > MOST_BUSINESS_DAYS || requestCapacity < 1) {
            throw new IllegalArgumentException("wonflow.sandbox.settlement.business-days: " + businessDays
                    + ", request-capacity: " + requestCapacity + " (expected: 0 to " + MOST_BUSINESS_DAYS + ", >= 1)");
        }
    }

    Fee feeOf(PaymentMethod method) {
        Fee set = fees.get(method);
        return set == null ? USUAL.getOrDefault(method.name(), USUAL_OF_CARDS) : set;
    }
}
