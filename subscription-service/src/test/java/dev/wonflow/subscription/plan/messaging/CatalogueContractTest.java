package dev.wonflow.subscription.plan.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.subscription.plan.Plan;
import dev.wonflow.subscription.plan.PlanSource;
import dev.wonflow.subscription.plan.PlanVersion;
import dev.wonflow.testsupport.SequentialIds;
import dev.wonflow.testsupport.contract.ContractSamples;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueContractTest {

    @Test
    void catalogue_is_written_as_the_samples() {
        OutboxMessage priced = OutboxPlanEvents.message(
                SequentialIds.id(1),
                new PlanVersion(
                        "team",
                        1,
                        Plan.monthly("team", "팀", Money.ofWon(29_000)),
                        PlanSource.CONFIGURATION,
                        Instant.parse("2026-01-02T00:00:00Z")));
        OutboxMessage withdrawn = OutboxPlanEvents.message(
                SequentialIds.id(2),
                new PlanVersion("team", 2, null, PlanSource.CONFIGURATION, Instant.parse("2026-02-01T00:00:00Z")));

        ContractSamples.of("plan.priced.v1", "team").assertWrittenAs(priced.payload());
        ContractSamples.of("plan.withdrawn.v1", "team").assertWrittenAs(withdrawn.payload());
        assertThat(List.of(priced, withdrawn))
                .allSatisfy(message -> assertThat(message)
                        .returns("plan.catalogue", OutboxMessage::topic)
                        .returns("team", OutboxMessage::key));
        assertThat(withdrawn.sequence()).isEqualTo(2);
    }
}
