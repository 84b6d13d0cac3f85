package dev.wonflow.subscription.entitlement.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.entitlement.Access;
import dev.wonflow.subscription.entitlement.Entitlement;
import dev.wonflow.subscription.entitlement.Entitlements;
import dev.wonflow.subscription.plan.PlanLimits;
import dev.wonflow.testsupport.SequentialIds;
import dev.wonflow.testsupport.contract.ContractSamples;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntitlementContractTest {

    private static final Instant EXPIRES = Instant.parse("2026-04-15T00:00:00Z");
    private static final PlanLimits LIMITS = new PlanLimits(List.of("sso"), Map.of("api-calls", 10_000L));

    @Test
    void entitlements_are_written_as_the_samples() {
        OutboxMessage renewed = written("renewed", team(Access.FULL, null), 3);
        written("canceled-at-period-end", team(Access.FULL, EXPIRES), 4);
        written("restricted", team(Access.RESTRICTED, null), 5);
        written("ended", team(Access.NONE, null), 6);
        written(
                "without-version",
                new Entitlement(
                        new TenantId("hanbit-studio"),
                        "default",
                        "basic",
                        0,
                        Access.FULL,
                        EXPIRES,
                        EXPIRES,
                        1,
                        PlanLimits.NONE,
                        false),
                1);

        assertThat(renewed)
                .returns("tenant.entitlements", OutboxMessage::topic)
                .returns("hanbit-studio/default", OutboxMessage::key)
                .returns(3L, OutboxMessage::sequence);
    }

    private static Entitlement team(Access access, @Nullable Instant endsAt) {
        return new Entitlement(
                new TenantId("hanbit-studio"), "default", "team", 2, access, EXPIRES, endsAt, 5, LIMITS, false);
    }

    private static OutboxMessage written(String sample, Entitlement entitlement, long version) {
        OutboxMessage message = OutboxEntitlementEvents.message(
                SequentialIds.id(1),
                new Entitlements.Told(entitlement, version, Instant.parse("2026-03-15T00:00:01.250Z")));
        ContractSamples.of("tenant.entitlement-changed.v1", sample).assertWrittenAs(message.payload());
        return message;
    }
}
