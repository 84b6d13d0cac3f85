package dev.wonflow.payment.plan.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.inbox.UnreadableMessage;
import dev.wonflow.money.Money;
import dev.wonflow.payment.plan.PlanPrice;
import dev.wonflow.testsupport.contract.ContractSample;
import dev.wonflow.testsupport.contract.ContractSamples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueEventTest {

    @Test
    void every_sample_is_read() {
        assertThat(read(ContractSamples.of("plan.priced.v1", "team")))
                .isEqualTo(new PlanPrice("team", Money.ofWon(29_000), 1));
        assertThat(read(ContractSamples.of("plan.priced.v1", "invented-period")))
                .isEqualTo(new PlanPrice("team", Money.ofWon(290_000), 3));
        assertThat(read(ContractSamples.of("plan.withdrawn.v1", "team"))).isEqualTo(new PlanPrice("team", null, 2));
    }

    @Test
    void type_nobody_has_told_us_of_is_no_error() {
        assertThat(CatalogueEvent.read("plan.dreamed.v1", new byte[] {1, 2})).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{'planId':'team','version':1,'amount':1.5,'currency':'KRW'}",
                "{'planId':'team','version':1,'amount':'29000','currency':'KRW'}",
                "{'planId':'team','version':1,'amount':29000,'amount':1,'currency':'KRW'}",
                "{'planId':'team','version':1,'amount':0,'currency':'KRW'}",
                "{'planId':'team','version':1,'amount':29000,'currency':'USD'}",
                "{'planId':'team','version':1,'amount':29000}",
                "{'planId':'team','version':0,'amount':29000,'currency':'KRW'}",
                "{'planId':'team','amount':29000,'currency':'KRW'}",
                "{'planId':' ','version':1,'amount':29000,'currency':'KRW'}",
                "{'version':1,'amount':29000,'currency':'KRW'}"
            })
    void price_against_its_contract_is_unreadable(String body) {
        assertThatThrownBy(() -> CatalogueEvent.read(
                        "plan.priced.v1", body.replace('\'', '"').getBytes(UTF_8)))
                .isInstanceOf(UnreadableMessage.class);
    }

    private static PlanPrice read(ContractSample sample) {
        return CatalogueEvent.read(sample.type(), sample.json().getBytes(UTF_8)).orElseThrow();
    }
}
