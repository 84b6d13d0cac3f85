package dev.wonflow.sandbox.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.card.CardFace;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.institution.CardCompany;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class BillingStateTest {

    private static final Instant NOON = Instant.parse("2026-01-05T03:00:00Z");

    private final BillingSettings settings = new BillingSettings(Duration.ofMinutes(30), Duration.ofMinutes(10), 2);
    private final BillingKeys keys = new BillingKeys(settings);

    @Test
    void billing_keys_survive_as_json() {
        keys.add(ofACard("key-1", TossError.REJECT_CARD_PAYMENT));
        keys.add(ofAnAccount("key-2").deleted(NOON));
        JsonMapper json = JsonMapper.shared();

        BillingKeys.State read = json.readValue(json.writeValueAsString(keys.state()), BillingKeys.State.class);

        assertThat(read).isEqualTo(keys.state());
        BillingKeys others = new BillingKeys(settings);
        others.add(ofAnAccount("forgotten"));
        others.restore(read);
        assertThat(others.state()).isEqualTo(keys.state());
        assertThat(others.find("forgotten")).isEmpty();
    }

    @Test
    void authorizations_survive_as_json() {
        BillingAuthorizations authorizations = new BillingAuthorizations(settings);
        authorizations.add(new BillingAuthorization(
                "visit-1",
                "test_ck_1",
                "customer-1",
                BillingMethod.CARD,
                "https://shop.example/ok",
                "https://shop.example/no",
                NOON,
                null));
        authorizations.add(new AuthKey(
                "e_1",
                "test_ck_1",
                "customer-1",
                BillingMethod.TRANSFER,
                null,
                BillingAccount.ofTheBuyer(),
                NOON,
                true));
        JsonMapper json = JsonMapper.shared();

        BillingAuthorizations.State read =
                json.readValue(json.writeValueAsString(authorizations.state()), BillingAuthorizations.State.class);

        assertThat(read).isEqualTo(authorizations.state());
    }

    @Test
    void beyond_the_capacity_the_oldest_key_is_forgotten() {
        keys.add(ofACard("key-1", null));
        keys.add(ofACard("key-2", null));
        keys.add(ofACard("key-3", null));

        assertThat(keys.find("key-1")).isEmpty();
        assertThat(keys.newest(1)).extracting(BillingKey::billingKey).containsExactly("key-3");
        assertThat(keys.newest(10)).extracting(BillingKey::billingKey).containsExactly("key-3", "key-2");
    }

    @Test
    void a_deletion_waits_for_a_charge_that_is_under_way() {
        keys.add(ofACard("key-1", null));
        CountDownLatch deleted = new CountDownLatch(1);

        boolean deletedMeanwhile = keys.during("key-1", _ -> {
            Thread _ = Thread.startVirtualThread(() -> {
                keys.change("key-1", key -> key.deleted(NOON));
                deleted.countDown();
            });
            return within(deleted, Duration.ofMillis(200));
        });

        assertThat(deletedMeanwhile).isFalse();
        assertThat(within(deleted, Duration.ofSeconds(10))).isTrue();
        assertThat(keys.find("key-1").orElseThrow().isDeleted()).isTrue();
    }

    private static boolean within(CountDownLatch latch, Duration time) {
        try {
            return latch.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void nothing_printed_can_charge() {
        keys.add(ofACard("key-1", null));

        assertThat(keys.state().toString()).doesNotContain("key-1", "customer-1");
    }

    private static BillingKey ofACard(String billingKey, @Nullable TossError refusal) {
        return new BillingKey(
                billingKey,
                "mid",
                "customer-1",
                BillingMethod.CARD,
                new BillingCard(CardFace.of(CardCompany.HANA), NOON, refusal),
                null,
                NOON,
                null);
    }

    private static BillingKey ofAnAccount(String billingKey) {
        return new BillingKey(
                billingKey, "mid", "customer-1", BillingMethod.TRANSFER, null, BillingAccount.ofTheBuyer(), NOON, null);
    }
}
