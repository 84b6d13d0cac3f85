package dev.wonflow.sandbox.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.sandbox.Assumed;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.merchant.ApiVersion;
import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.merchant.Merchant;
import dev.wonflow.sandbox.merchant.Merchants;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizeBillingTest {

    private static final Instant NOON = Instant.parse("2026-01-05T03:00:00Z");
    private static final Merchant MUGS = new Merchant("mid", "Mugs", ApiVersion.V2022_11_16);

    private final BillingSettings settings = new BillingSettings(Duration.ofMinutes(30), Duration.ofMinutes(10), 2);
    private final BillingAuthorizations authorizations = new BillingAuthorizations(settings);
    private final AtomicLong ids = new AtomicLong();

    @Test
    void agreeing_leads_back_with_the_customer_and_an_auth_key() {
        BillingAuthorization visit = start("customer@1");

        assertThat(at(NOON).approve(visit.id()).orElseThrow())
                .matches("https://shop\\.example/ok\\?a=1&customerKey=customer%401&authKey=e_[0-9A-F]{32}");
    }

    @Test
    void agreeing_twice_leads_to_the_same_address() {
        BillingAuthorization visit = start("customer-1");

        assertThat(at(NOON).approve(visit.id())).isEqualTo(at(NOON).approve(visit.id()));
    }

    @Test
    void declining_leads_back_with_a_code_and_no_order() {
        BillingAuthorization visit = start("customer-1");

        assertThat(at(NOON).decline(visit.id(), TossError.REJECT_CARD_COMPANY, Locale.ENGLISH)
                        .orElseThrow())
                .startsWith("https://shop.example/no?code=REJECT_CARD_COMPANY&message=")
                .doesNotContain("orderId");
    }

    @Test
    void giving_up_leads_back_with_a_code_and_no_order() {
        BillingAuthorization visit = start("customer-1");

        assertThat(at(NOON).cancel(visit.id(), Locale.KOREAN).orElseThrow())
                .startsWith("https://shop.example/no?code=PAY_PROCESS_CANCELED&message=")
                .doesNotContain("orderId");
    }

    @Test
    void the_window_closes_after_thirty_minutes() {
        BillingAuthorization visit = start("customer-1");

        assertThat(visit.isOpen(NOON.plusSeconds(1799))).isTrue();
        assertThatThrownBy(() -> at(NOON.plusSeconds(1800)).approve(visit.id()))
                .isInstanceOf(BillingWindowClosed.class)
                .hasMessageContaining("closed at 2026-01-05T03:30:00Z");
    }

    @Test
    void a_visit_nobody_knows_leads_nowhere() {
        assertThat(at(NOON).approve("nobody")).isEmpty();
        assertThat(at(NOON).decline("nobody", TossError.REJECT_CARD_COMPANY, Locale.KOREAN))
                .isEmpty();
    }

    @Test
    void a_declined_card_leaves_the_visit_open() {
        BillingAuthorization visit = start("customer-1");

        assertThatThrownBy(() -> at(NOON).approve(visit.id(), CardDetails.ofTheBuyer("9410008800000001", NOON)))
                .hasMessage("INVALID_STOPPED_CARD");
        assertThat(at(NOON).approve(visit.id())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"test_gck_1", "test_ck_unknown"})
    void only_a_known_key_beyond_the_widgets_bills(String clientKey) {
        assertThatThrownBy(() -> at(NOON).start(clientKey, request("customer-1")))
                .hasMessage("INVALID_CLIENT_KEY");
    }

    @Test
    void the_addresses_have_to_be_complete() {
        assertThatThrownBy(() -> at(NOON).start(
                                "test_ck_1",
                                new AuthorizeBilling.Request(
                                        "customer-1", BillingMethod.CARD, "/ok", "https://shop.example/no")))
                .hasMessage("INCORRECT_SUCCESS_URL_FORMAT");
        assertThatThrownBy(() -> at(NOON).start(
                                "test_ck_1",
                                new AuthorizeBilling.Request(
                                        "customer-1", BillingMethod.CARD, "https://shop.example/ok", "")))
                .hasMessage("INCORRECT_FAIL_URL_FORMAT");
    }

    @Test
    void the_oldest_visit_is_forgotten() {
        BillingAuthorization first = start("customer-1");
        start("customer-2");
        start("customer-3");

        assertThat(at(NOON).find(first.id())).isEmpty();
    }

    @Test
    void what_was_kept_can_be_put_back() {
        BillingAuthorization visit = start("customer-1");
        BillingAuthorizations.State kept = authorizations.state();
        String redirect = at(NOON).approve(visit.id()).orElseThrow();
        assertThat(authorizations.state().authKeys()).hasSize(1);

        authorizations.restore(kept);

        assertThat(authorizations.state()).isEqualTo(kept);
        assertThat(at(NOON).approve(visit.id()).orElseThrow()).isNotEqualTo(redirect);
    }

    @Test
    void nothing_printed_can_charge() {
        BillingAuthorization visit = start("customer-1");
        String redirect = at(NOON).approve(visit.id()).orElseThrow();
        String authKey = redirect.substring(redirect.indexOf("authKey=") + "authKey=".length());

        assertThat(authorizations.state().toString()).doesNotContain(authKey, "customer-1");
        assertThat(CardDetails.ofTheBuyer(NOON).toString()).doesNotContain("9410");
    }

    private BillingAuthorization start(String customerKey) {
        return at(NOON).start("test_ck_1", request(customerKey));
    }

    private static AuthorizeBilling.Request request(String customerKey) {
        return new AuthorizeBilling.Request(
                customerKey, BillingMethod.CARD, "https://shop.example/ok?a=1", "https://shop.example/no");
    }

    private AuthorizeBilling at(Instant now) {
        IdSource next = () -> new UUID(0, ids.incrementAndGet());
        return new AuthorizeBilling(
                authorizations,
                new Merchants(List.of(
                        new KeyPair(MUGS, "test_ck_1", "test_sk_1"), new KeyPair(MUGS, "test_gck_1", "test_gsk_1"))),
                new BillingKeyMint(next),
                settings,
                Assumed.with(),
                Clock.fixed(now, SandboxClock.SEOUL));
    }
}
