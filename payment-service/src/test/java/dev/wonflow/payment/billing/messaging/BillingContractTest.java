package dev.wonflow.payment.billing.messaging;

import dev.wonflow.payment.billing.BillingEvents.RemovedBy;
import dev.wonflow.payment.billing.BillingMethod;
import dev.wonflow.payment.billing.BillingMethodId;
import dev.wonflow.payment.billing.BillingMethodStatus;
import dev.wonflow.payment.billing.BillingWorld;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.testsupport.contract.ContractSamples;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class BillingContractTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant REMOVED = Instant.parse("2026-03-05T00:00:00.120Z");

    private static final BillingMethod METHOD = new BillingMethod(
            new BillingMethodId(UUID.fromString("019b8c1f-c0b8-73c4-af0b-6d4c8e91a011")),
            new TenantId("hanbit-studio"),
            "5f0c9c0a-52f5-4a3e-9a6d-0e3a6c1d7b11",
            BillingMethodStatus.ACTIVE,
            BillingWorld.KEY.print(),
            BillingWorld.FACE,
            false,
            Instant.parse("2026-01-05T00:00:00Z"),
            Instant.parse("2026-01-05T00:00:00Z"));

    @Test
    void registration_is_written_exactly_as_its_sample() {
        ContractSamples.of(OutboxBillingEvents.REGISTERED, "card")
                .assertWrittenAs(JSON.writeValueAsString(OutboxBillingEvents.contract(METHOD)));
    }

    @ParameterizedTest
    @CsvSource({"by-its-tenant, TENANT", "by-toss, TOSS"})
    void removal_is_written_exactly_as_its_sample(String sample, RemovedBy by) {
        ContractSamples.of(OutboxBillingEvents.REMOVED, sample)
                .assertWrittenAs(JSON.writeValueAsString(OutboxBillingEvents.contract(METHOD, by, REMOVED)));
    }
}
