package dev.wonflow.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.notice.NoticeData;
import dev.wonflow.subscription.notice.NoticeHistory;
import dev.wonflow.subscription.notice.RequestNotice;
import dev.wonflow.testsupport.server.RealServers;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/** There is a mail server, and mails are switched off. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"spring.mail.host=127.0.0.1", "wonflow.notice.mail.enabled=false"})
@RealServers
class NoticeMailOffIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final TenantId tenant = new TenantId("tenant-" + UUID.randomUUID());
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final RequestNotice requestNotice;
    private final NoticeHistory history;
    private final MeterRegistry meters;

    @Autowired
    NoticeMailOffIT(
            JdbcClient jdbc,
            TransactionOperations transaction,
            RequestNotice requestNotice,
            NoticeHistory history,
            MeterRegistry meters) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.requestNotice = requestNotice;
        this.history = history;
        this.meters = meters;
    }

    @Test
    void notice_is_told_and_kept_and_nothing_is_mailed_for_it() {
        double before = passedOver();

        transaction.executeWithoutResult(_ -> requestNotice.once(
                tenant + "/1", tenant, new NoticeData.Canceled("팀", Instant.parse("2026-03-15T00:00:00Z"))));

        await("its message is passed over").atMost(LIMIT).until(() -> passedOver() > before);
        assertThat(jdbc.sql("SELECT count(*) FROM notice_mail WHERE tenant_id = :tenant")
                        .param("tenant", tenant.value())
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(history.newestFirst(tenant, null, 10)).singleElement().satisfies(told -> {
            assertThat(told.kind()).isEqualTo("canceled");
            assertThat(told.mail()).isNull();
        });
    }

    private double passedOver() {
        return meters.find("wonflow.inbox.skipped").tag("reason", "mail-off").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }
}
