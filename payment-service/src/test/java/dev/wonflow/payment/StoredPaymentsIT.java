package dev.wonflow.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.payment.payment.Payment;
import dev.wonflow.payment.payment.Payments;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.ConfigurableTransactionManager;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

/** The caller who stores a payment says in which transaction; the repository opens none of its own. */
@WithPaymentService
class StoredPaymentsIT {

    private final Driver driver;
    private final Payments payments;
    private final ConfigurableTransactionManager transactions;

    @Autowired
    StoredPaymentsIT(Driver driver, Payments payments, ConfigurableTransactionManager transactions) {
        this.driver = driver;
        this.payments = payments;
        this.transactions = transactions;
    }

    @Test
    void payment_is_read_without_a_transaction() {
        Payment payment = payments.findByPurchaseOrderId(driver.aPlacedOrder()).orElseThrow();
        AtomicInteger opened = new AtomicInteger();
        Thread reader = Thread.currentThread();
        transactions.addListener(new TransactionExecutionListener() {
            @Override
            public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
                if (Thread.currentThread().equals(reader)) {
                    opened.incrementAndGet();
                }
            }
        });

        assertThat(payments.findById(payment.id())).contains(payment);
        assertThat(payments.findByPurchaseOrderId(payment.purchase().orderId())).contains(payment);

        assertThat(opened).hasValue(0);
    }

    @Test
    void payment_is_held_and_stored_in_the_transaction_of_the_caller_or_not_at_all() {
        Payment payment = payments.findByPurchaseOrderId(driver.aPlacedOrder()).orElseThrow();

        assertThatThrownBy(() -> payments.save(payment)).isInstanceOf(IllegalTransactionStateException.class);
        assertThatThrownBy(() -> payments.findAndHoldById(payment.id()))
                .isInstanceOf(IllegalTransactionStateException.class);
        assertThatThrownBy(() ->
                        payments.findAndHoldByPurchaseOrderId(payment.purchase().orderId()))
                .isInstanceOf(IllegalTransactionStateException.class);
    }
}
