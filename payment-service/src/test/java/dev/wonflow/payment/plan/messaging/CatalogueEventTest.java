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
                "{'version':1,'amount':29000,'currency':'KRW'}",
                "{'planId':5,'version':1,'amount':29000,'currency':'KRW'}",
                "{'planId':'team','version':1,'amount':29000,'currency':'KRW'} {}"
            })
    void price_against_its_contract_is_unreadable(String body) {
        assertThatThrownBy(() -> CatalogueEvent.read(
                        "plan.priced.v1", body.replace('\'', '"').getBytes(UTF_8)))
                .isInstanceOf(UnreadableMessage.class);
    }

    @Test
    void text_that_says_more_with_more_bytes_than_it_needs_is_unreadable() {
        byte[] overlong = "{\"planId\":\"te??m\",\"version\":1}".getBytes(UTF_8);
        overlong[13] = (byte) 0xC1;
        overlong[14] = (byte) 0xA1;

        assertThatThrownBy(() -> CatalogueEvent.read("plan.withdrawn.v1", overlong))
                .isInstanceOf(UnreadableMessage.class);
    }

    @Test
    void complaint_names_the_field() {
        assertThatThrownBy(() ->
                        CatalogueEvent.read("plan.priced.v1", "{\"planId\":\"team\",\"version\":1.5}".getBytes(UTF_8)))
                .hasMessage("version: of another kind (expected: a whole number)");
    }

    @Test
    void plan_is_as_long_as_it_has_characters_and_not_as_java_stores_them() {
        String plan = "🧾".repeat(100);

        assertThat(CatalogueEvent.read(
                        "plan.withdrawn.v1",
                        "{\"planId\":\"%s\",\"version\":1}".formatted(plan).getBytes(UTF_8)))
                .hasValue(new PlanPrice(plan, null, 1));
    }

    private static PlanPrice read(ContractSample sample) {
        return CatalogueEvent.read(sample.type(), sample.json().getBytes(UTF_8)).orElseThrow();
    }
}
