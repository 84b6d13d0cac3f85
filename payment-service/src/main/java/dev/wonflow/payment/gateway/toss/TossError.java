package dev.wonflow.payment.gateway.toss;

import dev.wonflow.payment.gateway.CancelOutcome;
import dev.wonflow.payment.gateway.ChargeOutcome;
import dev.wonflow.payment.gateway.Failure;
import dev.wonflow.payment.gateway.GatewayFinding;
import dev.wonflow.payment.gateway.GatewayOutcome;
import dev.wonflow.payment.gateway.IssueOutcome;
import dev.wonflow.payment.gateway.OpeningOutcome;
import dev.wonflow.payment.gateway.Operation;
import dev.wonflow.payment.gateway.ReceiptListing;
import dev.wonflow.payment.gateway.ReceiptOutcome;
import dev.wonflow.payment.gateway.RemovalOutcome;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An error of Toss. Its code decides what it means, never the HTTP status: {@code PROVIDER_ERROR} is temporary and a
 * 400, declines are 400 and 403, and a 500 proves nothing.
 */
record TossError(String code, @Nullable String message) {

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,99}");

    /** A code of another form than Toss's ends in no event and no table. */
    TossError {
        code = CODE.matcher(code).matches() ? code : "UNLISTED_CODE";
    }

    GatewayOutcome confirmOutcome() {
        return switch (TossCodes.meaning(Operation.CONFIRM, code)) {
            case DECLINED -> new GatewayOutcome.Declined(failure());
            case NOT_FOUND -> new GatewayOutcome.NotFound(failure());
            case OUR_FAULT -> new GatewayOutcome.OurFault(code);
            case TEMPORARY, HAPPENED, UNKNOWN -> new GatewayOutcome.Unknown(code);
        };
    }

    CancelOutcome cancelOutcome() {
        if (isStillRunning()) {
            return new CancelOutcome.Unknown(code);
        }
        return switch (TossCodes.meaning(Operation.CANCEL, code)) {
            case DECLINED -> new CancelOutcome.Declined(failure());
            case HAPPENED -> new CancelOutcome.Overtaken(failure());
            case OUR_FAULT -> new CancelOutcome.OurFault(code);
            case NOT_FOUND, TEMPORARY, UNKNOWN -> new CancelOutcome.Unclear(code);
        };
    }

    OpeningOutcome openingOutcome() {
        if (isStillRunning()) {
            return new OpeningOutcome.Unknown(code);
        }
        return switch (TossCodes.meaning(Operation.OPEN, code)) {
            case DECLINED -> new OpeningOutcome.Declined(failure());
            case OUR_FAULT -> new OpeningOutcome.OurFault(failure());
            case HAPPENED -> new OpeningOutcome.Happened(failure());
            case NOT_FOUND, TEMPORARY, UNKNOWN -> new OpeningOutcome.Unclear(code);
        };
    }

    IssueOutcome issueOutcome() {
        return switch (TossCodes.meaning(Operation.ISSUE, code)) {
            case DECLINED -> new IssueOutcome.Declined(failure());
            case OUR_FAULT -> new IssueOutcome.OurFault(code);
            case NOT_FOUND, TEMPORARY, HAPPENED, UNKNOWN -> new IssueOutcome.Unknown(code);
        };
    }

    ChargeOutcome chargeOutcome() {
        if (isStillRunning()) {
            return new ChargeOutcome.Unknown(code);
        }
        return switch (TossCodes.meaning(Operation.CHARGE, code)) {
            case DECLINED -> new ChargeOutcome.Declined(failure(), TossCodes.remedy(code));
            case NOT_FOUND -> new ChargeOutcome.Declined(failure(), ChargeOutcome.Remedy.NEW_METHOD);
            case HAPPENED -> new ChargeOutcome.Happened(code);
            case OUR_FAULT -> new ChargeOutcome.OurFault(code);
            case TEMPORARY, UNKNOWN -> new ChargeOutcome.Unclear(code);
        };
    }

    RemovalOutcome removalOutcome() {
        return switch (TossCodes.meaning(Operation.REMOVE, code)) {
            case NOT_FOUND, HAPPENED -> new RemovalOutcome.Gone();
            case OUR_FAULT -> new RemovalOutcome.OurFault(code);
            case DECLINED, TEMPORARY, UNKNOWN -> new RemovalOutcome.Unknown(code);
        };
    }

    ReceiptOutcome receiptOutcome(Operation operation) {
        if (isStillRunning()) {
            return new ReceiptOutcome.Unknown(code);
        }
        return switch (TossCodes.meaning(operation, code)) {
            case DECLINED -> new ReceiptOutcome.Declined(new Failure(code, null));
            case HAPPENED -> new ReceiptOutcome.Happened(code);
            case OUR_FAULT -> new ReceiptOutcome.OurFault(code);
            case NOT_FOUND, TEMPORARY, UNKNOWN -> new ReceiptOutcome.Unclear(code);
        };
    }

    ReceiptListing receiptListing() {
        return switch (TossCodes.meaning(Operation.RECEIPT_LIST, code)) {
            case OUR_FAULT -> new ReceiptListing.OurFault(code);
            case DECLINED, NOT_FOUND, TEMPORARY, HAPPENED, UNKNOWN -> new ReceiptListing.Unclear(code);
        };
    }

    GatewayFinding finding() {
        return switch (TossCodes.meaning(Operation.LOOKUP, code)) {
            case NOT_FOUND -> new GatewayFinding.Absent(code);
            case OUR_FAULT -> new GatewayFinding.OurFault(code);
            case DECLINED, TEMPORARY, HAPPENED, UNKNOWN -> new GatewayFinding.Unclear(code);
        };
    }

    /** Whether an earlier call under the same idempotency key has not been answered yet. */
    boolean isStillRunning() {
        return code.equals("IDEMPOTENT_REQUEST_PROCESSING");
    }

    private Failure failure() {
        return new Failure(code, message);
    }
}
