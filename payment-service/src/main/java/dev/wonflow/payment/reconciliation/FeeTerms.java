package dev.wonflow.payment.reconciliation;

import dev.wonflow.money.Money;
import dev.wonflow.payment.gateway.books.SettlementLine;
import java.util.Optional;

/** What the contract with Toss says about fees. */
@FunctionalInterface
public interface FeeTerms {

    /** The fee without VAT that a line should have; empty if nobody has said. */
    Optional<Money> feeOf(SettlementLine line);
}
