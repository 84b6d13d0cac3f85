package dev.wonflow.sandbox.settlement;

import dev.wonflow.sandbox.calendar.BusinessDays;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.transaction.Transaction;
import dev.wonflow.sandbox.transaction.Transaction.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import org.springframework.stereotype.Component;

/** The contract a sale is settled by: its fee, and the day it is paid out. */
@Component
class SettlementTerms {

    /** VAT is a tenth of the fee. */
    private static final BigDecimal VAT = new BigDecimal("0.1");

    private final SettlementSettings settings;
    private final BusinessDays businessDays;

    SettlementTerms(SettlementSettings settings, BusinessDays businessDays) {
        this.settings = settings;
        this.businessDays = businessDays;
    }

    /** Settles a transaction as a sale of the day it happened on. */
    Settlement settlementOf(Transaction transaction) {
        return settlementOf(transaction, SandboxClock.dayOf(transaction.at()));
    }

    /** Settles a transaction as a sale of the given day. */
    Settlement settlementOf(Transaction transaction, LocalDate soldDate) {
        SettlementSettings.Fee fee = settings.feeOf(transaction.method());
        long amountWon = transaction.effectWon();
        long ofAmount =
                rounded(BigDecimal.valueOf(amountWon).multiply(fee.percent()).movePointLeft(2));
        long ofPayment = transaction.kind() == Kind.CANCEL ? 0 : Long.signum(amountWon) * fee.won();
        long supplyWon = ofAmount + ofPayment;
        long vatWon = rounded(BigDecimal.valueOf(supplyWon).multiply(VAT));
        return new Settlement(transaction, amountWon, supplyWon, vatWon, soldDate, paidOutDate(soldDate));
    }

    LocalDate paidOutDate(LocalDate soldDate) {
        return businessDays.after(soldDate, settings.businessDays());
    }

    /** The first day whose sales are paid out no earlier than the given day. */
    LocalDate firstSoldDatePaidOutFrom(LocalDate paidOutDate) {
        LocalDate day = paidOutDate;
        while (!paidOutDate(day.minusDays(1)).isBefore(paidOutDate)) {
            day = day.minusDays(1);
        }
        return day;
    }

    /** Half away from zero, so that a cancel takes back what the sale was charged. */
    private static long rounded(BigDecimal won) {
        return won.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }
}
