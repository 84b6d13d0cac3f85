package dev.wonflow.subscription.charge.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.inbox.UnreadableMessage;
import dev.wonflow.money.Money;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.charge.ChargeAttempt;
import dev.wonflow.subscription.charge.ChargeId;
import dev.wonflow.subscription.charge.ChargeResult;
import dev.wonflow.subscription.charge.Occasion;
import dev.wonflow.subscription.charge.Remedy;
import dev.wonflow.subscription.invoice.InvoiceId;
import dev.wonflow.testsupport.SequentialIds;
import dev.wonflow.testsupport.contract.ContractSamples;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChargeContractTest {

    private static final ChargeId CHARGE = new ChargeId(UUID.fromString("019b8c20-1a68-73c4-af0b-6d4c8e91a010"));
    private static final Instant AT = Instant.parse("2026-02-05T00:00:02Z");

    @Test
    void command_is_written_as_the_sample_and_keyed_by_its_tenant() {
        ChargeAttempt attempt = new ChargeAttempt(
                new InvoiceId(UUID.fromString("019b8c20-0a68-73c4-af0b-6d4c8e91a020")),
                new TenantId("hanbit-studio"),
                1,
                Occasion.FIRST,
                UUID.fromString("019b8c1f-c0b8-73c4-af0b-6d4c8e91a011"),
                Money.ofWon(29_000),
                Money.ZERO,
                "팀",
                Instant.parse("2026-02-05T00:00:00Z"));

        OutboxMessage message = OutboxChargeCommands.message(SequentialIds.id(1), attempt);

        ContractSamples.of(OutboxChargeCommands.TYPE, "renewal").assertWrittenAs(message.payload());
        assertThat(message)
                .returns("payment.commands", OutboxMessage::topic)
                .returns("hanbit-studio", OutboxMessage::key);
    }

    @Test
    void money_that_was_taken_is_read() {
        assertThat(read("payment.charge-paid.v1", "team-for-a-month"))
                .isEqualTo(new ChargeResult.Paid(
                        CHARGE,
                        "019b8c20-2238-73c4-af0b-6d4c8e91a012",
                        "chg_019b8c201a6873c4af0b6d4c8e91a010",
                        false,
                        AT));
    }

    @Test
    void decline_is_read_with_what_can_help_and_a_word_nobody_knows_is_not_helped_by_waiting() {
        assertThat(read("payment.charge-failed.v1", "over-the-limit"))
                .isInstanceOfSatisfying(
                        ChargeResult.Failed.class,
                        failed -> assertThat(failed.remedy()).isEqualTo(Remedy.LATER));
        assertThat(read("payment.charge-failed.v1", "method-removed"))
                .isEqualTo(new ChargeResult.Failed(CHARGE, "BILLING_METHOD_REMOVED", Remedy.NEW_METHOD, AT));
        assertThat(read("payment.charge-failed.v1", "invented-remedy"))
                .isInstanceOfSatisfying(
                        ChargeResult.Failed.class,
                        failed -> assertThat(failed.remedy()).isEqualTo(Remedy.NEW_METHOD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"timed-out", "invented-cause"})
    void outcome_nobody_knows_is_read_whatever_its_cause(String sample) {
        assertThat(read("payment.charge-unknown.v1", sample)).isEqualTo(new ChargeResult.Unknown(CHARGE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"chargeId\":\"019b8c20-1a68-73c4-af0b-6d4c8e91a010\"}",
                "[]",
                "{\"chargeId\":\"no\",\"failureCode\":\"X\",\"remedy\":\"LATER\",\"failedAt\":\"2026-02-05T00:00:02Z\"}"
            })
    void body_that_is_not_what_the_contract_says_is_unreadable(String body) {
        assertThatThrownBy(() -> ChargeMessages.read("payment.charge-failed.v1", body.getBytes(UTF_8)))
                .isInstanceOf(UnreadableMessage.class);
    }

    private static ChargeResult read(String type, String sample) {
        return ChargeMessages.read(type, ContractSamples.of(type, sample).json().getBytes(UTF_8));
    }
}
