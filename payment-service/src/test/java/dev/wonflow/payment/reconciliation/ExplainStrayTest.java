package dev.wonflow.payment.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.gateway.Uncertainty;
import dev.wonflow.payment.payment.PaymentFixture;
import dev.wonflow.payment.payment.RefundOrigin;
import dev.wonflow.payment.payment.Stray;
import dev.wonflow.payment.reconciliation.ReconciliationCase.Finding;
import dev.wonflow.payment.stray.StrayCapture;
import dev.wonflow.payment.stray.StrayCaptureId;
import dev.wonflow.payment.stray.StrayCaptureStatus;
import dev.wonflow.testsupport.SequentialIds;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExplainStrayTest {

    private static final PaymentKey KEY = PaymentFixture.OTHER_KEY;
    private static final Finding SECOND =
            new Finding(Difference.SECOND_CAPTURE, "ledger: paymentKey …; Toss: CAPTURE 33000 KRW of " + KEY);
    private static final Finding FEE = new Finding(Difference.FEE_DIFFERS, "fee 30 KRW");

    private final List<Object> explained = new ArrayList<>();

    @Test
    void case_of_a_second_capture_says_that_it_went_back() {
        refunded(null, SECOND);

        assertThat(explained)
                .containsExactly("33000 KRW under " + KEY + " went back as stray capture " + SequentialIds.id(7));
    }

    @Test
    void case_that_somebody_has_explained_keeps_that_word() {
        refunded("two orders", SECOND);

        assertThat(explained).isEmpty();
    }

    @Test
    void case_of_more_than_that_is_not_explained_by_it() {
        refunded(null, SECOND, FEE);

        assertThat(explained).isEmpty();
    }

    @Test
    void case_of_another_key_is_not_explained_by_it() {
        refunded(null, new Finding(Difference.SECOND_CAPTURE, "Toss: CAPTURE 33000 KRW of another key"));

        assertThat(explained).isEmpty();
    }

    private void refunded(@Nullable String explanation, Finding... findings) {
        Instant now = PaymentFixture.NOON;
        PaymentId payment = new PaymentId(SequentialIds.id(1));
        OrderId order = PaymentFixture.ORDER;
        ReconciliationCases.Kept open = new ReconciliationCases.Kept(
                SequentialIds.id(2),
                new ReconciliationCase(order, payment, List.of(findings)),
                now,
                now,
                null,
                explanation,
                explanation == null ? null : "kim",
                null);
        ReconciliationCases cases = (ReconciliationCases) Proxy.newProxyInstance(
                ReconciliationCases.class.getClassLoader(),
                new Class<?>[] {ReconciliationCases.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "findAndHoldOpen" -> arguments[0].equals(order) ? Optional.of(open) : Optional.empty();
                    case "explain" -> explained.add(arguments[1]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
        new ExplainStray(cases)
                .refunded(new StrayCapture(
                        new StrayCaptureId(SequentialIds.id(7)),
                        payment,
                        order,
                        PaymentFixture.TENANT,
                        KEY,
                        Stray.Reason.SECOND_CAPTURE,
                        StrayCaptureStatus.REFUNDED,
                        Money.ofWon(33_000),
                        null,
                        Uncertainty.NONE,
                        RefundOrigin.AUTOMATIC,
                        "txrd_1",
                        null,
                        now,
                        now));
    }
}
