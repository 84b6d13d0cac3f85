package dev.wonflow.payment.reconciliation;

import static java.util.stream.Collectors.joining;

import dev.wonflow.access.Operator;
import dev.wonflow.audit.AuditEntry;
import dev.wonflow.audit.AuditTrail;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.ledger.Ledger;
import dev.wonflow.payment.ledger.LedgerEntry;
import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.Payments;
import dev.wonflow.payment.reconciliation.ReconciliationCases.Kept;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Takes an operator's word that a difference may stand, and writes down whose word it is. */
@Service
public class ExplainCase {

    private static final int MAX_SUBJECT = 255;

    private final ReconciliationCases cases;
    private final Payments payments;
    private final Ledger ledger;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionOperations transaction;

    ExplainCase(
            ReconciliationCases cases,
            Payments payments,
            Ledger ledger,
            AuditTrail audit,
            Clock clock,
            TransactionOperations transaction) {
        this.cases = cases;
        this.payments = payments;
        this.ledger = ledger;
        this.audit = audit;
        this.clock = clock;
        this.transaction = transaction;
    }

    /**
     * Answers the case with its explanation; empty if it is not open. A repeat changes nothing and is not on record.
     *
     * @param correctionWon by how much more or less Toss owes us than the ledger says, to be posted against suspense;
     *     {@code null} to leave the ledger as it is. Not 0
     * @throws CaseNotCorrectable if it is about no payment of ours, or was corrected by another sum
     */
    public Optional<Kept> explain(UUID id, String explanation, @Nullable Long correctionWon, Operator operator) {
        return transaction.execute(_ -> explained(id, explanation, correctionWon, operator));
    }

    private Optional<Kept> explained(UUID id, String explanation, @Nullable Long correctionWon, Operator operator) {
        return cases.findAndHold(id)
                .filter(kept -> kept.closedAt() == null)
                .map(open -> explained(open, explanation, correctionWon, operator));
    }

    private Kept explained(Kept before, String explanation, @Nullable Long correctionWon, Operator operator) {
        UUID id = before.id();
        cases.explain(id, explanation, Objects.requireNonNull(Text.cut(operator.subject(), MAX_SUBJECT)));
        if (correctionWon != null && !correctionWon.equals(before.correctionWon())) {
            correct(before, correctionWon);
        }
        Kept after = cases.find(id).orElseThrow();
        if (!after.equals(before)) {
            audit.record(new AuditEntry(
                    operator, "reconciliation.explain", id.toString(), facts(before), facts(after), explanation));
        }
        return after;
    }

    private void correct(Kept found, long won) {
        if (found.correctionWon() != null) {
            throw new CaseNotCorrectable(
                    found.id(),
                    "corrected by " + found.correctionWon() + " won before (expected: the same, or nothing)");
        }
        PaymentId paymentId = found.found().paymentId();
        if (paymentId == null) {
            throw new CaseNotCorrectable(found.id(), "a correction without a payment of ours (expected: none)");
        }
        Payment payment = payments.findAndHoldById(paymentId).orElseThrow();
        cases.correct(found.id(), won);
        ledger.post(LedgerEntry.corrected(payment.ledgerSource(), found.id().toString(), won, clock.instant()));
    }

    private static Map<String, Object> facts(Kept kept) {
        Map<String, Object> facts = new HashMap<>();
        facts.put("orderId", kept.found().orderId().value());
        facts.put(
                "findings",
                kept.found().findings().stream()
                        .map(finding -> finding.difference().name())
                        .collect(joining(", ")));
        if (kept.explanation() != null && kept.explainedBy() != null) {
            facts.put("explanation", kept.explanation());
            facts.put("explainedBy", kept.explainedBy());
        }
        if (kept.correctionWon() != null) {
            facts.put("correctionWon", kept.correctionWon());
        }
        return facts;
    }
}
