package dev.wonflow.payment.billing.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Operator;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.billing.BillingMethodId;
import dev.wonflow.payment.billing.ImportMethods;
import dev.wonflow.payment.billing.ImportMethods.Issued;
import dev.wonflow.payment.billing.ImportMethods.Result;
import dev.wonflow.payment.gateway.BillingKey;
import dev.wonflow.payment.gateway.IssueOutcome;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.web.InvalidRequest;
import dev.wonflow.web.lines.DryRun;
import dev.wonflow.web.lines.JsonLines;
import dev.wonflow.web.lines.JsonLines.Fault;
import dev.wonflow.web.lines.JsonLines.Outcome;
import dev.wonflow.web.lines.JsonLines.Taken;
import dev.wonflow.web.statement.Field;
import dev.wonflow.web.statement.Operation;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** HTTP face of the import of billing keys. Translates; decides nothing. */
@RestController
@RequestMapping("/api/billing-methods/import")
class ImportController {

    private static final int MAX_CUSTOMER_KEY = 300;
    private static final int MAX_WORD = 50;
    private static final int MAX_REFERENCE = 100;

    private final ImportMethods importMethods;
    private final TransactionOperations transaction;

    ImportController(ImportMethods importMethods, TransactionOperations transaction) {
        this.importMethods = importMethods;
        this.transaction = transaction;
    }

    /**
     * Takes over billing keys that Toss issued before, one in each line of the body. What is wrong with a line is told
     * with its number, and all others are taken; a key that was taken before stays as it is, so the same body may be
     * sent again.
     *
     * @param dryRun {@code true}: everything is tried, and nothing kept
     */
    @AllowedTo("operator:import")
    @PostMapping
    @Operation(id = "importBillingMethods", lines = BillingKeyLine.class, problems = "billing.not-set-up")
    ImportAnswer take(
            HttpServletRequest request,
            @RequestParam(name = "dryRun", required = false) @Nullable String dryRun,
            Operator operator)
            throws IOException {
        DryRun run = DryRun.of(dryRun);
        JsonLines<Asked> read = JsonLines.read(request.getInputStream(), BillingKeyLine.class, BillingKeyLine::asked);
        List<Result> results = run.in(
                transaction,
                () -> importMethods.take(
                        read.values().stream().map(Asked::issued).toList(), operator));
        return ImportAnswer.of(run, read.outcome(results, Result::problem));
    }

    /** What was asked for in a line. */
    private record Asked(@Nullable String reference, Issued issued) {}

    /**
     * A billing key and what belongs to it.
     *
     * @param reference the merchant's own id of it, repeated in the answer
     * @param customerKey the one the key was issued for
     * @param method Toss's word for what it charges
     * @param issuer Toss's code of the card company, or the name of the bank
     * @param number of the card or account, masked as Toss does
     * @param cardType Toss's word, such as {@code 신용}
     */
    record BillingKeyLine(
            @Field(max = MAX_REFERENCE, example = "card-1017") @Nullable
            String reference,

            @Field(required = true, max = 100, example = "acme") @Nullable
            String tenantId,

            @Field(required = true, max = MAX_CUSTOMER_KEY, example = "cus_019b8c18e38073c4af0b6d4c8e91a001") @Nullable
            String customerKey,

            @Field(required = true, max = 200, example = "Z_t5vOvQxrj4499PeiJcjen28-V2RyqgYTwN44Rdzk0=") @Nullable
            String billingKey,

            @Field(required = true, max = MAX_WORD, example = "카드") @Nullable
            String method,

            @Field(max = MAX_WORD, example = "21") @Nullable String issuer,

            @Field(max = MAX_WORD, example = "94100012****789*") @Nullable
            String number,

            @Field(max = MAX_WORD, example = "신용") @Nullable String cardType) {

        private Asked asked() {
            String customer = text("customerKey", required("customerKey", customerKey), MAX_CUSTOMER_KEY);
            if (customer.length() < 2) {
                throw new InvalidRequest("customerKey: 1 character (expected: 2 to " + MAX_CUSTOMER_KEY + ")");
            }
            Issued issued = new Issued(
                    new TenantId(required("tenantId", tenantId)),
                    new BillingKey(required("billingKey", billingKey)),
                    customer,
                    new IssueOutcome.Face(
                            text("method", required("method", method), MAX_WORD),
                            optional("issuer", issuer, MAX_WORD),
                            masked(optional("number", number, MAX_WORD)),
                            optional("cardType", cardType, MAX_WORD)));
            return new Asked(optional("reference", reference, MAX_REFERENCE), issued);
        }

        private static @Nullable String masked(@Nullable String number) {
            if (number != null && !number.contains("*")) {
                throw new InvalidRequest("number: not masked (expected: as Toss shows it, such as 94100012****789*)");
            }
            return number;
        }

        private static String required(String name, @Nullable String value) {
            return InvalidRequest.required(name, value, "text");
        }

        private static String text(String name, String value, int max) {
            return Text.require(name, value, max);
        }

        private static @Nullable String optional(String name, @Nullable String value, int max) {
            return value == null ? null : text(name, value, max);
        }

        @Override
        public String toString() {
            return "***";
        }
    }

    /**
     * What became of the lines.
     *
     * @param dryRun whether nothing was kept
     * @param lines how many there were
     * @param imported how many were taken
     * @param alreadyThere how many had been taken before
     * @param methods those that were taken, now or before, in the order of their lines
     * @param errors the others
     */
    record ImportAnswer(
            boolean dryRun,
            int lines,
            int imported,
            int alreadyThere,
            List<ImportedMethod> methods,
            List<Fault> errors) {

        private static ImportAnswer of(DryRun run, Outcome<Asked, Result> outcome) {
            List<ImportedMethod> methods = outcome.taken().stream()
                    .map(line -> ImportedMethod.of(run, line))
                    .toList();
            int before =
                    (int) methods.stream().filter(ImportedMethod::alreadyThere).count();
            return new ImportAnswer(
                    run.isDry(), outcome.size(), methods.size() - before, before, methods, outcome.faults());
        }
    }

    /**
     * A billing method that was taken.
     *
     * @param line number of its line, from 1
     * @param billingMethodId what subscriptions name it by; none if nothing was kept
     * @param alreadyThere whether it had been taken before
     */
    record ImportedMethod(
            int line, @Nullable String reference, @Nullable UUID billingMethodId, boolean alreadyThere) {

        private static ImportedMethod of(DryRun run, Taken<Asked, Result> line) {
            Result result = line.result();
            BillingMethodId id = result.id();
            return new ImportedMethod(
                    line.number(),
                    line.value().reference(),
                    id == null || (run.isDry() && result.isNew()) ? null : id.value(),
                    !result.isNew());
        }
    }
}
