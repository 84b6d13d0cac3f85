package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.payment.gateway.BillingKey;
import dev.wonflow.testsupport.contract.ContractSamples;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PrintTest {

    /** What ingest makes of the sample without {@code printed-}, byte for byte. */
    @Test
    void prints_are_those_that_ingest_makes() {
        assertThat(new WebhookSecret(text("classic-done", "/data/secret")).print())
                .isEqualTo(text("printed-classic-done", "/data/secretPrint"));
        assertThat(new WebhookSecret(text("flat-deposited", "/secret")).print())
                .isEqualTo(text("printed-flat-deposited", "/secretPrint"));
        assertThat(new BillingKey(text("classic-billing-deleted", "/data/billingKey")).print())
                .isEqualTo(text("printed-classic-billing-deleted", "/data/billingKeyPrint"));
    }

    @Test
    void secret_is_known_by_its_own_print_alone() {
        WebhookSecret secret = new WebhookSecret("ps_one");

        assertThat(secret.isPrintedAs(secret.print())).isTrue();
        assertThat(secret.isPrintedAs(new WebhookSecret("ps_other").print())).isFalse();
        assertThat(secret.isPrintedAs("ps_one")).isFalse();
        assertThat(secret.isPrintedAs("")).isFalse();
    }

    private static String text(String sample, String place) {
        JsonNode body = ContractSamples.of("toss.webhook-received.v1", sample).tree();
        return body.at(place).stringValue();
    }
}
