package dev.wonflow.sandbox.settlement;

import dev.wonflow.sandbox.calendar.BusinessDays;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.settlement.Settlement.Fee;
import dev.wonflow.sandbox.settlement.Settlement.FeeType;
import dev.wonflow.sandbox.transaction.Transaction;
import dev.wonflow.sandbox.transaction.Transaction.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** The contract a sale is settled by: its fees, and the day it is paid out. */
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
        long amountWon = transaction.effectWon();
        List<Fee> fees = new ArrayList<>();
        fees.add(base(transaction, amountWon));
        if (transaction.interestMonths() > 0) {
            fees.add(interest(transaction.interestMonths(), amountWon));
        }
        return new Settlement(transaction, amountWon, List.copyOf(fees), soldDate, paidOutDate(soldDate));
    }

    private Fee base(Transaction transaction, long amountWon) {
        SettlementSettings.Fee fee = settings.feeOf(transaction.method());
        long ofPayment = transaction.kind() == Kind.CANCEL ? 0 : Long.signum(amountWon) * fee.won();
        return withVat(FeeType.BASE, percentOf(amountWon, fee.percent()) + ofPayment);
    }

    private Fee interest(int months, long amountWon) {
        BigDecimal percent = settings.interestPercentPerMonth().multiply(BigDecimal.valueOf(months));
        return withVat(FeeType.INSTALLMENT_DISCOUNT, percentOf(amountWon, percent));
    }

    private static long percentOf(long won, BigDecimal percent) {
        return rounded(BigDecimal.valueOf(won).multiply(percent).movePointLeft(2));
    }

    private static Fee withVat(FeeType type, long supplyWon) {
        return new Fee(type, supplyWon, rounded(BigDecimal.valueOf(supplyWon).multiply(VAT)));
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
