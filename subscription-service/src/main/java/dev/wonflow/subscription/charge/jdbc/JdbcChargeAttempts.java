package dev.wonflow.subscription.charge.jdbc;

import dev.wonflow.subscription.charge.ChargeAttempt;
import dev.wonflow.subscription.charge.ChargeAttempts;
import dev.wonflow.subscription.charge.ChargeId;
import dev.wonflow.subscription.charge.ChargeResult;
import dev.wonflow.subscription.invoice.InvoiceId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Attempts in the table {@code charge_attempt}, however many with one statement. */
@Component
class JdbcChargeAttempts implements ChargeAttempts {

    private static final String INSERT = """
        INSERT INTO charge_attempt
            (charge_id, invoice_id, tenant_id, attempt, occasion, billing_method_id, amount_won, status, requested_at)
        SELECT charge_id, invoice_id, tenant_id, attempt, occasion, billing_method_id, amount_won, 'REQUESTED',
               requested_at
        FROM unnest(
            CAST(:charges AS uuid[]), CAST(:invoices AS uuid[]), CAST(:tenants AS text[]), CAST(:attempts AS integer[]),
            CAST(:occasions AS text[]), CAST(:methods AS uuid[]), CAST(:amounts AS bigint[]),
            CAST(:requestedAts AS timestamptz[]))
            AS attempt (charge_id, invoice_id, tenant_id, attempt, occasion, billing_method_id, amount_won, requested_at)
        """;

    private static final String ANSWER = """
        UPDATE charge_attempt known
        SET status = said.status, failure_code = said.failure_code, remedy = said.remedy,
            answered_at = coalesce(known.answered_at, :now),
            ended_at = CASE WHEN said.status <> 'UNKNOWN' THEN :now END
        FROM unnest(
            CAST(:charges AS uuid[]), CAST(:statuses AS text[]), CAST(:codes AS text[]), CAST(:remedies AS text[]))
            AS said (charge_id, status, failure_code, remedy)
        WHERE known.charge_id = said.charge_id AND known.ended_at IS NULL
        RETURNING known.charge_id, known.invoice_id
        """;

    private static final String FAILED =
            "SELECT charge_id, invoice_id FROM charge_attempt WHERE charge_id = ANY(:charges) AND status = 'FAILED'";

    private static final String LAST =
            "SELECT invoice_id, max(attempt) AS last FROM charge_attempt WHERE invoice_id = ANY(:invoices) GROUP BY 1";

    private final JdbcClient jdbc;

    JdbcChargeAttempts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(List<ChargeAttempt> attempts) {
        jdbc.sql(INSERT)
                .param("charges", ids(attempts, attempt -> attempt.id().value()))
                .param("invoices", ids(attempts, attempt -> attempt.invoice().value()))
                .param("tenants", texts(attempts, attempt -> attempt.tenant().value()))
                .param("attempts", attempts.stream().map(ChargeAttempt::number).toArray(Integer[]::new))
                .param(
                        "occasions",
                        texts(attempts, attempt -> attempt.occasion().name()))
                .param("methods", ids(attempts, ChargeAttempt::billingMethodId))
                .param(
                        "amounts",
                        attempts.stream().map(attempt -> attempt.amount().won()).toArray(Long[]::new))
                .param(
                        "requestedAts",
                        texts(attempts, attempt -> attempt.requestedAt().toString()))
                .update();
    }

    @Override
    public List<Answered> answer(Collection<ChargeResult> results, Instant now) {
        if (results.isEmpty()) {
            return List.of();
        }
        // In one order everywhere, so that no two polls wait for each other.
        List<ChargeResult> ordered = results.stream()
                .sorted((one, other) ->
                        one.charge().value().compareTo(other.charge().value()))
                .toList();
        Map<UUID, ChargeResult> byCharge = new HashMap<>();
        ordered.forEach(result -> byCharge.put(result.charge().value(), result));
        return jdbc.sql(ANSWER)
                .param("now", now.atOffset(ZoneOffset.UTC))
                .param("charges", ids(ordered, result -> result.charge().value()))
                .param("statuses", texts(ordered, JdbcChargeAttempts::status))
                .param("codes", texts(ordered, JdbcChargeAttempts::code))
                .param("remedies", texts(ordered, JdbcChargeAttempts::remedy))
                .query((row, _) -> new Answered(
                        new InvoiceId(row.getObject("invoice_id", UUID.class)),
                        Objects.requireNonNull(byCharge.get(row.getObject("charge_id", UUID.class)))))
                .list();
    }

    @Override
    public Map<ChargeId, InvoiceId> failed(Collection<ChargeId> charges) {
        return jdbc
                .sql(FAILED)
                .param("charges", ids(charges, ChargeId::value))
                .query((row, _) -> Map.entry(
                        new ChargeId(row.getObject("charge_id", UUID.class)),
                        new InvoiceId(row.getObject("invoice_id", UUID.class))))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Map<InvoiceId, Integer> last(Collection<InvoiceId> invoices) {
        return jdbc
                .sql(LAST)
                .param("invoices", ids(invoices, InvoiceId::value))
                .query((row, _) ->
                        Map.entry(new InvoiceId(row.getObject("invoice_id", UUID.class)), row.getInt("last")))
                .list()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String status(ChargeResult result) {
        return switch (result) {
            case ChargeResult.Paid _ -> "PAID";
            case ChargeResult.Failed _ -> "FAILED";
            case ChargeResult.Unknown _ -> "UNKNOWN";
        };
    }

    private static @Nullable String code(ChargeResult result) {
        return result instanceof ChargeResult.Failed failed ? failed.code() : null;
    }

    private static @Nullable String remedy(ChargeResult result) {
        return result instanceof ChargeResult.Failed failed ? failed.remedy().name() : null;
    }

    private static <T> UUID[] ids(Collection<T> rows, Function<T, UUID> field) {
        return rows.stream().map(field).toArray(UUID[]::new);
    }

    private static <T> @Nullable String[] texts(Collection<T> rows, Function<T, @Nullable String> field) {
        return rows.stream().map(field).toArray(String[]::new);
    }
}
