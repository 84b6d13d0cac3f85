package dev.wonflow.payment;

import dev.wonflow.testsupport.server.RealServers;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

/** Runs the whole service with real servers and a stub of Toss; all such tests share one service. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@RealServers
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {
            "TOSS_SECRET_KEY=test_sk_payment_service_0001",
            "TOSS_CLIENT_KEY=test_ck_payment_service_0001",
            "wonflow.billing.keyset=" + Keysets.JSON,
            "wonflow.cash-receipt.first-delay=200ms",
            "wonflow.cash-receipt.first-look=300ms",
            "wonflow.cash-receipt.longest-pause=1s",
            "wonflow.charge.first-delay=200ms",
            "wonflow.charge.lease=1s",
            "wonflow.charge.poll-interval=50ms",
            "wonflow.quota.per-minute=60000",
            "wonflow.quota.rest-after-refusal=2s",
            "wonflow.reconciliation.poll-interval=1h",
            "wonflow.refund.approval-above=1000000",
            "wonflow.retention.interval=1s",
            "wonflow.retention.batch=3",
            "wonflow.status-check.first-delay=200ms",
            "wonflow.status-check.poll-interval=50ms",
            "wonflow.status-check.hint-window=200ms",
            "wonflow.toss.read-timeout=20s",
            "wonflow.toss.inquiry-timeout=20s"
        })
@Import({TossStubConfiguration.class, Driver.class, Meeting.class, DatabaseCost.class})
@interface WithPaymentService {}
