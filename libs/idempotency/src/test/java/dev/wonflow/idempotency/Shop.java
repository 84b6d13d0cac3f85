package dev.wonflow.idempotency;

import dev.wonflow.runtime.TenantId;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** A service that makes mugs: one transaction for each, or none of ours. */
@EnableAutoConfiguration
@Import(Shop.Mugs.class)
class Shop {

    /** Where the maker of a mug of this name waits; shared by all instances. */
    static final Map<String, Gate> GATES = new ConcurrentHashMap<>();

    /**
     * What is asked for.
     *
     * @param status of the answer; without one the making fails
     * @param size of the answer, more or less
     */
    record Mug(
            String name, @Nullable Integer status, @Nullable Integer size) {}

    record Made(String name, int number, String picture) {}

    /** Holds makers until it is opened. */
    static final class Gate {

        private final CountDownLatch inside = new CountDownLatch(1);
        private final CountDownLatch open = new CountDownLatch(1);

        static Gate at(String mug) {
            Gate gate = new Gate();
            GATES.put(mug, gate);
            return gate;
        }

        boolean isReached() throws InterruptedException {
            return inside.await(20, TimeUnit.SECONDS);
        }

        void open() {
            open.countDown();
        }

        private void pass() {
            inside.countDown();
            try {
                if (!open.await(20, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("gate: closed (expected: opened by the test)");
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @RestController
    static class Mugs {

        private static final AtomicInteger NUMBERS = new AtomicInteger();

        private final JdbcClient jdbc;

        Mugs(JdbcClient jdbc) {
            this.jdbc = jdbc;
        }

        @PostMapping("/mugs")
        ResponseEntity<?> inTransaction(@RequestHeader("Tenant") String tenant, @RequestBody Mug mug, Once once) {
            return once.inTransaction(new TenantId(tenant), () -> make(mug));
        }

        @PostMapping("/prepared-mugs")
        ResponseEntity<?> prepared(@RequestHeader("Tenant") String tenant, @RequestBody Mug mug, Once once) {
            return once.inTransaction(
                    new TenantId(tenant), () -> new Mug(mug.name() + NUMBERS.incrementAndGet(), 201, null), this::make);
        }

        @PostMapping("/leased-mugs")
        ResponseEntity<?> leased(@RequestHeader("Tenant") String tenant, @RequestBody Mug mug, Once once)
                throws InterruptedException {
            return once.withLease(new TenantId(tenant), () -> make(mug));
        }

        private ResponseEntity<?> make(Mug mug) {
            jdbc.sql("INSERT INTO mug (name) VALUES (?)").param(mug.name()).update();
            Gate gate = GATES.get(mug.name());
            if (gate != null) {
                gate.pass();
            }
            Integer status = mug.status();
            if (status == null) {
                throw new IllegalStateException("mug: broken (expected: whole)");
            }
            if (status == HttpStatus.PAYMENT_REQUIRED.value()) {
                return ResponseEntity.status(status)
                        .body(ProblemDetail.forStatusAndDetail(HttpStatus.PAYMENT_REQUIRED, "price: not paid"));
            }
            return ResponseEntity.status(status)
                    .location(URI.create("/mugs/" + mug.name()))
                    .body(new Made(
                            mug.name(),
                            NUMBERS.incrementAndGet(),
                            "x".repeat(Objects.requireNonNullElse(mug.size(), 0))));
        }
    }
}
