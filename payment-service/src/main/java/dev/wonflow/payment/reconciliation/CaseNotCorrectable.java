package dev.wonflow.payment.reconciliation;

import java.util.UUID;

/** The ledger cannot be corrected for a case, or not again. */
public final class CaseNotCorrectable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CaseNotCorrectable(UUID id, String why) {
        super("case " + id + ": " + why);
    }
}
