package dev.wonflow.subscription.taxinvoice.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.inbox.UnreadableMessage;
import dev.wonflow.testsupport.contract.ContractSample;
import dev.wonflow.testsupport.contract.ContractSamples;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EvidenceContractTest {

    @Test
    void method_of_a_paid_plan_is_read_and_that_of_goods_is_not() {
        assertThat(read("payment.paid.v1", "plan-at-its-price"))
                .isEqualTo(new EvidenceBody.Method("019b8c19-d1c8-73c4-af0b-6d4c8e91a004", "간편결제"));
        assertThat(read("payment.paid.v1", "card")).isEqualTo(new EvidenceBody.None());
        assertThat(read("payment.paid.v1", "method-not-told")).isEqualTo(new EvidenceBody.None());
    }

    @Test
    void charge_of_an_account_is_told_and_that_of_a_card_is_not() {
        String card = ContractSamples.of("payment.paid.v1", "card")
                .json()
                .replace("ord_019b8c18e38073c4af0b6d4c8e91a001", "chg_019b8c201a6873c4af0b6d4c8e91a010");

        assertThat(EvidenceBody.read("payment.paid.v1", card.getBytes(UTF_8))).isEqualTo(new EvidenceBody.None());
        assertThat(EvidenceBody.read(
                        "payment.paid.v1", card.replace("카드", "계좌이체").getBytes(UTF_8)))
                .isEqualTo(new EvidenceBody.Method("019b8c18-e768-73c4-af0b-6d4c8e91a002", "계좌이체"));
    }

    @Test
    void cash_receipt_counts_once_the_tax_office_has_it() {
        assertThat(read("payment.cash-receipt-changed.v1", "issued"))
                .isEqualTo(new EvidenceBody.CashReceipt("019b8c18-e768-73c4-af0b-6d4c8e91a002"));
        assertThat(read("payment.cash-receipt-changed.v1", "refused")).isEqualTo(new EvidenceBody.None());
        assertThat(read("payment.cash-receipt-changed.v1", "partly-taken-back")).isEqualTo(new EvidenceBody.None());
    }

    static Stream<ContractSample> samples() {
        return Stream.of("payment.paid.v1", "payment.cash-receipt-changed.v1")
                .flatMap(type -> ContractSamples.of(type).stream());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void every_sample_can_be_read(ContractSample sample) {
        assertThat(EvidenceBody.read(sample.type(), sample.json().getBytes(UTF_8)))
                .isNotNull();
    }

    @Test
    void other_types_and_unreadable_payments_say_nothing_and_an_unreadable_receipt_is_put_away() {
        assertThat(EvidenceBody.read("payment.invented.v1", "no JSON".getBytes(UTF_8)))
                .isEqualTo(new EvidenceBody.None());
        assertThat(EvidenceBody.read("payment.paid.v1", "no JSON".getBytes(UTF_8)))
                .isEqualTo(new EvidenceBody.None());
        assertThat(EvidenceBody.read("payment.paid.v1", "{\"plan\": \"team\", \"method\": \"카드\"}".getBytes(UTF_8)))
                .isEqualTo(new EvidenceBody.None());
        assertThatThrownBy(() -> EvidenceBody.read("payment.cash-receipt-changed.v1", "no JSON".getBytes(UTF_8)))
                .isInstanceOf(UnreadableMessage.class);
        assertThatThrownBy(() -> EvidenceBody.read("payment.cash-receipt-changed.v1", null))
                .isInstanceOf(UnreadableMessage.class);
    }

    private static EvidenceBody read(String type, String sample) {
        return EvidenceBody.read(type, ContractSamples.of(type, sample).json().getBytes(UTF_8));
    }
}
