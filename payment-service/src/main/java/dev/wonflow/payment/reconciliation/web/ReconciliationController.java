package dev.wonflow.payment.reconciliation.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Operator;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.reconciliation.CaseNotCorrectable;
import dev.wonflow.payment.reconciliation.DayReport;
import dev.wonflow.payment.reconciliation.Difference;
import dev.wonflow.payment.reconciliation.ExplainCase;
import dev.wonflow.payment.reconciliation.ReconciliationCase;
import dev.wonflow.payment.reconciliation.ReconciliationCases;
import dev.wonflow.payment.reconciliation.ReconciliationDays;
import dev.wonflow.web.CodedProblem;
import dev.wonflow.web.InvalidRequest;
import dev.wonflow.web.ProblemKind;
import dev.wonflow.web.page.Page;
import dev.wonflow.web.page.PageRequest;
import dev.wonflow.web.page.Position;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What operators see of reconciliation. Moves no money. */
@RestController
@RequestMapping("/api/reconciliation")
class ReconciliationController {

    private static final ProblemKind CASE_NOT_OPEN = new ProblemKind(404, "reconciliation.case-not-open");

    private static final ProblemKind NOT_CORRECTABLE = new ProblemKind(409, "reconciliation.not-correctable");

    private static final int MAX_EXPLANATION = 500;

    /** More than any payment is about. */
    private static final long MOST_WON = 1_000_000_000_000L;

    private static final int MAX_ID = 255;

    private final ReconciliationCases cases;
    private final ReconciliationDays days;
    private final ExplainCase explainCase;

    ReconciliationController(ReconciliationCases cases, ReconciliationDays days, ExplainCase explainCase) {
        this.cases = cases;
        this.days = days;
        this.explainCase = explainCase;
    }

    /** Lists the cases of reconciliation, the one opened last first. */
    @AllowedTo("operator:reconciliation")
    @GetMapping("/cases")
    @Operation(id = "listReconciliationCases")
    Page<CaseView> cases(PageRequest page) {
        Position after = page.after();
        List<ReconciliationCases.Kept> found = cases.newestFirst(
                after == null ? null : new ReconciliationCases.Place(after.at(), after.id()), page.limitAndOne());
        return Page.of(page, found, kept -> new Position(kept.openedAt(), kept.id()), CaseView::of);
    }

    /** Lists the days that are closed, the one closed last first. */
    @AllowedTo("operator:reconciliation")
    @GetMapping("/days")
    @Operation(id = "listClosedDays")
    Page<DayView> days(PageRequest page) {
        Position after = page.after();
        List<DayReport> found = days.newestFirst(
                after == null ? null : new ReconciliationDays.Place(after.at(), after.id()), page.limitAndOne());
        return Page.of(page, found, day -> new Position(day.closedAt(), day.id()), DayView::of);
    }

    /** Says why a difference may stand, so that its day can be closed. Another finding makes the word void. */
    @AllowedTo("operator:reconciliation")
    @PostMapping("/cases/{id}/explain")
    @Operation(
            id = "explainReconciliationCase",
            problems = {"reconciliation.case-not-open", "reconciliation.not-correctable"})
    CaseView explain(
            @Field(format = "uuid") @PathVariable("id") String id, @RequestBody ExplainBody body, Operator operator) {
        String explanation = explanation(body);
        Long correction = correction(body);
        return explainCase
                .explain(uuid(id), explanation, correction, operator)
                .map(CaseView::of)
                .orElseThrow(() -> new CaseNotOpen(id));
    }

    private static String explanation(ExplainBody body) {
        if (body.explanation() == null || !Text.isFit(body.explanation(), MAX_EXPLANATION)) {
            throw new InvalidRequest(
                    "explanation: missing or too long (expected: text of 1 to " + MAX_EXPLANATION + " characters)");
        }
        return body.explanation();
    }

    private static @Nullable Long correction(ExplainBody body) {
        Long won = body.correctionWon();
        if (won != null && (won == 0 || won > MOST_WON || won < -MOST_WON)) {
            throw new InvalidRequest(
                    "correctionWon: " + won + " (expected: from -" + MOST_WON + " to " + MOST_WON + ", and not 0)");
        }
        return won;
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException _) {
            throw new CaseNotOpen(id);
        }
    }

    @ExceptionHandler
    ProblemDetail on(CaseNotOpen e) {
        return CodedProblem.of(CASE_NOT_OPEN, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail on(CaseNotCorrectable e) {
        return CodedProblem.of(NOT_CORRECTABLE, e.getMessage());
    }

    static final class CaseNotOpen extends RuntimeException {

        private static final long serialVersionUID = 1L;

        CaseNotOpen(String id) {
            super("case " + Text.cut(id, MAX_ID) + ": not open (expected: the id of an open case)");
        }
    }

    /**
     * Why a difference may stand.
     *
     * @param correctionWon how much more Toss owes us than the ledger says, less if below 0
     */
    record ExplainBody(
            @Field(required = true, max = MAX_EXPLANATION, example = "credited by Toss on 2 March, ticket 4711")
            @Nullable
            String explanation,

            @Field(min = -MOST_WON, max = MOST_WON, example = "-1") @Nullable
            Long correctionWon) {}

    record CaseView(
            UUID id,
            String orderId,
            @Nullable UUID paymentId,
            List<FindingView> findings,
            Instant openedAt,
            Instant seenAt,
            @Nullable Instant closedAt,
            @Nullable String explanation,
            @Nullable String explainedBy,
            @Nullable Long correctionWon) {

        static CaseView of(ReconciliationCases.Kept kept) {
            PaymentId payment = kept.found().paymentId();
            return new CaseView(
                    kept.id(),
                    kept.found().orderId().value(),
                    payment == null ? null : payment.value(),
                    kept.found().findings().stream().map(FindingView::of).toList(),
                    kept.openedAt(),
                    kept.seenAt(),
                    kept.closedAt(),
                    kept.explanation(),
                    kept.explainedBy(),
                    kept.correctionWon());
        }
    }

    record FindingView(Difference difference, Difference.Correction suggestion, String evidence) {

        static FindingView of(ReconciliationCase.Finding finding) {
            return new FindingView(finding.difference(), finding.difference().suggestion(), finding.evidence());
        }
    }

    record DayView(
            LocalDate day,
            boolean livemode,
            DayReport.Figures figures,
            String previousHash,
            String hash,
            Instant closedAt) {

        static DayView of(DayReport report) {
            return new DayView(
                    report.day(),
                    report.livemode(),
                    report.figures(),
                    report.previousHash(),
                    report.hash(),
                    report.closedAt());
        }
    }
}
