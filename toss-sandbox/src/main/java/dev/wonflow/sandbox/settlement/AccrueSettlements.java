package dev.wonflow.sandbox.settlement;

import dev.wonflow.sandbox.transaction.Transaction;
import dev.wonflow.sandbox.transaction.TransactionsRecorded;
import org.springframework.stereotype.Component;

/** Announces the money of each sale to where it will be paid out. */
@Component
class AccrueSettlements implements TransactionsRecorded {

    private final RequestedSettlements requests;
    private final SettlementTerms terms;
    private final SettlementSettings settings;
    private final SettledMoney money;

    AccrueSettlements(
            RequestedSettlements requests, SettlementTerms terms, SettlementSettings settings, SettledMoney money) {
        this.requests = requests;
        this.terms = terms;
        this.settings = settings;
        this.money = money;
    }

    @Override
    public void recorded(Transaction transaction) {
        if (!settings.enabled() || transaction.effectWon() == 0) {
            return;
        }
        if (settings.manual() && requests.of(transaction.paymentKey()).isEmpty()) {
            return;
        }
        accrue(terms.settlementOf(transaction));
    }

    void accrue(Settlement settlement) {
        money.toCome(settlement.transaction().mId(), settlement.paidOutDate(), settlement.payOutWon());
    }
}
