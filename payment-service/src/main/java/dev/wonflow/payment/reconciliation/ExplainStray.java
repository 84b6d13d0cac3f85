package dev.wonflow.payment.reconciliation;

import dev.wonflow.payment.reconciliation.ReconciliationCases.Kept;
import dev.wonflow.payment.stray.StrayCapture;
import dev.wonflow.payment.stray.StrayListener;
import org.springframework.stereotype.Service;

/** Says in the case of a second capture that it went back, until the next cycle finds the books to agree. */
@Service
class ExplainStray implements StrayListener {

    /** Stands where a person's subject does. */
    private static final String BY = "payment-service";

    private final ReconciliationCases cases;

    ExplainStray(ReconciliationCases cases) {
        this.cases = cases;
    }

    @Override
    public void refunded(StrayCapture stray) {
        cases.findAndHoldOpen(stray.orderId())
                .filter(open -> open.explanation() == null && isAllAbout(open, stray))
                .ifPresent(open -> cases.explain(
                        open.id(),
                        stray.amount() + " under " + stray.paymentKey() + " went back as stray capture " + stray.id(),
                        BY));
    }

    /** A case of more than that is not explained by it. */
    private static boolean isAllAbout(Kept open, StrayCapture stray) {
        return open.found().findings().stream()
                .allMatch(finding -> finding.difference() == Difference.SECOND_CAPTURE
                        && finding.evidence().contains(stray.paymentKey().value()));
    }
}
