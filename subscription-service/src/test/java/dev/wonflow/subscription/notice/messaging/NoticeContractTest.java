package dev.wonflow.subscription.notice.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.inbox.UnreadableMessage;
import dev.wonflow.outbox.OutboxMessage;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.notice.Notice;
import dev.wonflow.subscription.notice.NoticeFixture;
import dev.wonflow.subscription.notice.NoticeId;
import dev.wonflow.subscription.notice.NoticeKind;
import dev.wonflow.subscription.notice.RequestedNotice;
import dev.wonflow.subscription.notice.ToldNotice;
import dev.wonflow.testsupport.SequentialIds;
import dev.wonflow.testsupport.contract.ContractSample;
import dev.wonflow.testsupport.contract.ContractSamples;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoticeContractTest {

    private static final Instant REQUESTED_AT = Instant.parse("2026-03-14T00:00:00.120Z");

    @Test
    void notices_of_all_kinds_are_written_as_the_samples() {
        NoticeFixture.aNoticeOfEachKind().forEach((name, data) -> {
            ContractSample sample = ContractSamples.of("notice.requested.v1", name);
            String subject = sample.tree().get("subject").stringValue();

            OutboxMessage message = OutboxNoticeEvents.message(new RequestedNotice(
                    new NoticeId(SequentialIds.id(1)),
                    new Notice(subject, new TenantId("hanbit-studio"), data),
                    REQUESTED_AT));

            sample.assertWrittenAs(message.payload());
            assertThat(message)
                    .returns("notice.requests", OutboxMessage::topic)
                    .returns("hanbit-studio", OutboxMessage::key)
                    .returns(1L, OutboxMessage::sequence);
        });
        assertThat(NoticeFixture.aNoticeOfEachKind().values().stream().map(data -> data.kind()))
                .containsAll(Arrays.asList(NoticeKind.values()));
    }

    @Test
    void every_sample_can_be_read_and_only_the_invented_kind_is_passed_over() {
        for (ContractSample sample : ContractSamples.of("notice.requested.v1")) {
            assertThat(NoticeBody.read(sample.json().getBytes(UTF_8)).isPresent())
                    .as(sample.name())
                    .isEqualTo(!sample.name().startsWith("invented"));
        }
        assertThat(NoticeBody.read(ContractSamples.of("notice.requested.v1", "payment-failed")
                        .json()
                        .getBytes(UTF_8)))
                .contains(new ToldNotice(
                        new NoticeId(SequentialIds.id(1)),
                        new TenantId("hanbit-studio"),
                        NoticeKind.PAYMENT_FAILED,
                        Map.of(
                                "planName", "팀",
                                "amount", 29_000L,
                                "failureCode", "REJECT_CARD_PAYMENT",
                                "nextAttemptAt", "2026-03-16T00:00:00Z"),
                        REQUESTED_AT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"amount\": 1.5}", "{\"chargeAt\": \"tomorrow\"}", "{\"planName\": [\"팀\"]}", "null"})
    void what_the_contract_does_not_allow_is_unreadable(String data) {
        String body = data.isEmpty() ? "" : """
            {"noticeId": "00000000-0000-7000-8000-000000000001", "tenantId": "acme", "kind": "paid", "subject": "1",
             "data": %s, "requestedAt": "2026-03-14T00:00:00Z"}
            """.formatted(data);

        assertThatThrownBy(() -> NoticeBody.read(body.getBytes(UTF_8))).isInstanceOf(UnreadableMessage.class);
    }
}
