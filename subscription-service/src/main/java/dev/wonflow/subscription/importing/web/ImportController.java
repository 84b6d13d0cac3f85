package dev.wonflow.subscription.importing.web;

import dev.wonflow.access.AllowedTo;
import dev.wonflow.access.Operator;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.SubscriptionId;
import dev.wonflow.subscription.importing.ImportSubscriptions;
import dev.wonflow.subscription.importing.ImportSubscriptions.Result;
import dev.wonflow.subscription.importing.Imported;
import dev.wonflow.subscription.subscription.Subscription;
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
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** HTTP face of the import of subscriptions. Translates; decides nothing. */
@RestController
@RequestMapping("/api/subscriptions/import")
class ImportController {

    private static final int MAX_REFERENCE = 100;
    private static final int MAX_PLAN = 50;
    private static final int MAX_ZONE = 50;

    private final ImportSubscriptions importSubscriptions;
    private final TransactionOperations transaction;

    ImportController(ImportSubscriptions importSubscriptions, TransactionOperations transaction) {
        this.importSubscriptions = importSubscriptions;
        this.transaction = transaction;
    }

    /**
     * Takes over running subscriptions, one in each line of the body; nothing is charged by it. What is wrong with a
     * line is told with its number, and all others are taken; a subscription that was taken before stays as it is, so
     * the same body may be sent again.
     *
     * @param dryRun {@code true}: everything is tried, and nothing kept
     */
    @AllowedTo("operator:import")
    @PostMapping
    @Operation(id = "importSubscriptions", lines = SubscriptionLine.class)
    ImportAnswer take(
            HttpServletRequest request,
            @RequestParam(name = "dryRun", required = false) @Nullable String dryRun,
            Operator operator)
            throws IOException {
        DryRun run = DryRun.of(dryRun);
        JsonLines<Asked> read =
                JsonLines.read(request.getInputStream(), SubscriptionLine.class, SubscriptionLine::asked);
        List<Result> results = run.in(
                transaction,
                () -> importSubscriptions.take(
                        read.values().stream().map(Asked::imported).toList(), operator));
        return ImportAnswer.of(run, read.outcome(results, Result::problem));
    }

    /** What was asked for in a line. */
    private record Asked(@Nullable String reference, Imported imported) {}

    /**
     * A subscription as the merchant had it elsewhere. Either {@code anchorAt} and {@code paidUntil}, or
     * {@code trialEndsAt}.
     *
     * @param reference the merchant's own id of it, repeated in the answer
     * @param planVersion version of the plan whose price holds; else the newest
     * @param quantity seats; else 1
     * @param billingMethodId what is charged, as the import of billing keys told it
     * @param zone in which its days begin and end; else Asia/Seoul
     * @param anchorAt when its first period began; all are counted from there
     * @param paidUntil end of the period that is paid for, and moment of the first charge here
     * @param trialEndsAt end of its trial, and moment of the first charge
     * @param endsThen whether it ends with that period, and is not charged
     */
    record SubscriptionLine(
            @Field(max = MAX_REFERENCE, example = "sub-2044") @Nullable
            String reference,

            @Field(required = true, max = 100, example = "acme") @Nullable
            String tenantId,

            @Field(required = true, max = MAX_PLAN, example = "team") @Nullable
            String plan,

            @Field(example = "3") @Nullable Long planVersion,

            @Field(example = "5") @Nullable Integer quantity,

            @Field(required = true, example = "019b8c18-e380-73c4-af0b-6d4c8e91a001") @Nullable
            UUID billingMethodId,

            @Field(max = MAX_ZONE, example = "Asia/Seoul") @Nullable
            String zone,

            @Field(example = "2024-01-31T03:00:00Z") @Nullable
            Instant anchorAt,

            @Field(example = "2026-02-28T03:00:00Z") @Nullable
            Instant paidUntil,

            @Field @Nullable Instant trialEndsAt,

            @Field(example = "false") @Nullable Boolean endsThen) {

        private Asked asked() {
            boolean onTrial = trialEndsAt != null;
            if (onTrial == (paidUntil != null) || onTrial == (anchorAt != null)) {
                throw new InvalidRequest("anchorAt, paidUntil and trialEndsAt: "
                        + (onTrial ? "all of them, or a part" : "missing, or a part")
                        + " (expected: anchorAt and paidUntil, or trialEndsAt alone)");
            }
            return new Asked(
                    text("reference", reference, MAX_REFERENCE),
                    new Imported(
                            new TenantId(InvalidRequest.required("tenantId", tenantId, "text")),
                            InvalidRequest.required("plan", text("plan", plan, MAX_PLAN), "id of a plan"),
                            planVersion,
                            quantity == null ? 1 : quantity,
                            InvalidRequest.required("billingMethodId", billingMethodId, "id of a billing method"),
                            zoneId(),
                            stored(anchorAt),
                            stored(paidUntil),
                            stored(trialEndsAt),
                            Boolean.TRUE.equals(endsThen)));
        }

        private ZoneId zoneId() {
            if (zone == null) {
                return Subscription.SEOUL;
            }
            try {
                return ZoneId.of(zone.length() > MAX_ZONE ? "" : zone);
            } catch (DateTimeException _) {
                throw new InvalidRequest("zone: unknown (expected: a name such as Asia/Seoul)");
            }
        }

        /** As the database can hold it, so that a moment is the same before and after it was stored. */
        private static @Nullable Instant stored(@Nullable Instant moment) {
            return moment == null ? null : moment.truncatedTo(ChronoUnit.MICROS);
        }

        private static @Nullable String text(String name, @Nullable String value, int max) {
            if (value != null
                    && (value.isBlank()
                            || value.codePointCount(0, value.length()) > max
                            || value.chars().anyMatch(Character::isISOControl))) {
                throw new InvalidRequest(name + ": " + value.codePointCount(0, value.length())
                        + " characters (expected: text of 1 to " + max + ", printable)");
            }
            return value;
        }
    }

    /**
     * What became of the lines.
     *
     * @param dryRun whether nothing was kept
     * @param lines how many there were
     * @param imported how many were taken
     * @param alreadyThere how many had been taken before
     * @param subscriptions those that were taken, now or before, in the order of their lines
     * @param errors the others
     */
    record ImportAnswer(
            boolean dryRun,
            int lines,
            int imported,
            int alreadyThere,
            List<ImportedSubscription> subscriptions,
            List<Fault> errors) {

        private static ImportAnswer of(DryRun run, Outcome<Asked, Result> outcome) {
            List<ImportedSubscription> taken = outcome.taken().stream()
                    .map(line -> ImportedSubscription.of(run, line))
                    .toList();
            int before = (int)
                    taken.stream().filter(ImportedSubscription::alreadyThere).count();
            return new ImportAnswer(
                    run.isDry(), outcome.size(), taken.size() - before, before, taken, outcome.faults());
        }
    }

    /**
     * A subscription that was taken.
     *
     * @param line number of its line, from 1
     * @param subscriptionId none if nothing was kept
     * @param nextChargeAt when its period or trial is over
     * @param alreadyThere whether it had been taken before
     */
    record ImportedSubscription(
            int line,
            @Nullable String reference,
            @Nullable UUID subscriptionId,
            @Nullable Instant nextChargeAt,
            boolean alreadyThere) {

        private static ImportedSubscription of(DryRun run, Taken<Asked, Result> line) {
            Result result = line.result();
            SubscriptionId id = result.id();
            return new ImportedSubscription(
                    line.number(),
                    line.value().reference(),
                    id == null || (run.isDry() && result.isNew()) ? null : id.value(),
                    result.nextChargeAt(),
                    !result.isNew());
        }
    }
}
