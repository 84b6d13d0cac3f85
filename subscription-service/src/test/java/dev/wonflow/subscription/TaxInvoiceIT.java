package dev.wonflow.subscription;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.money.Money;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.subscription.subscription.ActivatePlan;
import dev.wonflow.subscription.subscription.MoneyWentBack;
import dev.wonflow.subscription.subscription.Purchase;
import dev.wonflow.subscription.subscription.TakeBack;
import dev.wonflow.subscription.taxinvoice.TaxInvoices;
import dev.wonflow.testsupport.MutableClock;
import dev.wonflow.testsupport.access.TokenIssuer;
import dev.wonflow.testsupport.server.RealServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tax invoices from the payment to the file that they are issued by. */
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "wonflow.tax-invoice.supplier.business-number=411-86-01799",
            "wonflow.tax-invoice.supplier.company-name=원플로",
            "wonflow.tax-invoice.supplier.representative=김원",
            "wonflow.tax-invoice.supplier.email=tax@wonflow.example"
        })
@RealServers
class TaxInvoiceIT {

    /** Half an hour into March in Seoul. */
    private static final Instant PAID = Instant.parse("2026-02-28T15:30:00Z");

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final TenantId tenant = new TenantId("tenant-" + UUID.randomUUID());
    /** Its own, for the database is shared; a spreadsheet would take it for a formula. */
    private final String company = "=에이크미 " + tenant.value().substring(7, 15);

    private final String acme = """
        {"businessNumber": "124-81-00998", "companyName": "%s", "representative": "홍길동", "address": "서울시, 강남구",
         "email": "tax@acme.example"}
        """.formatted(company);

    private final int port;
    private final JdbcClient jdbc;
    private final TransactionOperations transaction;
    private final ActivatePlan activatePlan;
    private final TakeBack takeBack;
    private final TaxInvoices taxInvoices;
    private final MutableClock clock;

    @Autowired
    TaxInvoiceIT(
            @Value("${local.server.port}") int port,
            JdbcClient jdbc,
            TransactionOperations transaction,
            ActivatePlan activatePlan,
            TakeBack takeBack,
            TaxInvoices taxInvoices,
            MutableClock clock) {
        this.port = port;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.activatePlan = activatePlan;
        this.takeBack = takeBack;
        this.taxInvoices = taxInvoices;
        this.clock = clock;
    }

    @TestConfiguration
    static class Surroundings {

        @Bean
        MutableClock clock() {
            return new MutableClock(PAID);
        }
    }

    @AfterEach
    void set_the_clock_back() {
        clock.set(PAID);
    }

    @Test
    void transfer_is_exported_with_the_columns_of_the_form_in_the_month_it_came() {
        put(acme);
        buys("1", "계좌이체");

        List<String> march = exported("export?month=2026-03");

        assertThat(march.getFirst())
                .startsWith("\uFEFF전자(세금)계산서 종류,작성일자,공급자 등록번호,")
                .endsWith("\"영수(01),청구(02)\"");
        assertThat(ofTenant(march))
                .containsExactly(
                        "01,20260301,4118601799,,원플로,김원,,,,tax@wonflow.example,1248100998,,'" + company + ",홍길동,"
                                + "\"서울시, 강남구\",,,tax@acme.example,,9000,900," + receipt()
                                + ",01,베이직,,1,9000,9000,900,,,,,,,,,,,,,,,,,,,,,,,,,,,,,,01");
        assertThat(ofTenant(exported("export?month=2026-02"))).isEmpty();
        assertThat(ofTenant(exported("export?month=2026-03&livemode=false"))).isEmpty();
        assertThat(ofTenant(exported("export?month=2026-03&part=2"))).isEmpty();
    }

    @Test
    void whoever_has_another_proof_or_no_profile_is_in_no_file() {
        buys("1", "계좌이체");
        assertThat(ofTenant(exported("export?month=2026-03"))).isEmpty();

        put(acme);
        buys("2", "카드");
        buys("3", null);
        buys("4", "가상계좌");
        transaction.executeWithoutResult(_ -> taxInvoices.note(payment("4"), null, true));

        assertThat(ofTenant(exported("export?month=2026-03"))).hasSize(1);
        assertThat(listed().findValuesAsString("evidence"))
                .containsExactlyInAnyOrder("tax_invoice", "card_slip", "unknown", "cash_receipt");
        assertThat(listed().get(0).get("writtenOn").stringValue()).isEqualTo("2026-03-01");
    }

    @Test
    void what_is_free_of_tax_is_in_no_tax_invoice_and_what_is_taxed_beside_it_is() {
        put(acme);
        offer("book", 10_000, 10_000);
        offer("class", 12_000, 1_000);
        buys("1", "book", 10_000, "계좌이체");
        buys("2", "class", 12_000, "계좌이체");

        assertThat(ofTenant(exported("export?month=2026-03")))
                .singleElement()
                .asString()
                .contains(",class,,1,10000,10000,1000,");
        assertThat(listed().findValuesAsString("taxFree")).containsExactlyInAnyOrder("10000", "1000");

        wentBack("2", 11_000, false);
        wentBack("2", 12_000, true);
        wentBack("1", 10_000, true);

        assertThat(ofTenant(exported("amendments?month=2026-03")))
                .as("what is free of tax goes back last")
                .singleElement()
                .asString()
                .contains(",class,-10000,-1000,");
    }

    @Test
    void account_that_is_charged_has_a_tax_invoice_and_a_card_that_is_charged_its_slip() {
        put(acme);
        buys("1", "계좌이체");
        buys("2", null);
        jdbc.sql("UPDATE tax_invoice SET by_billing_method = true WHERE tenant_id = :tenant")
                .param("tenant", tenant.value())
                .update();

        assertThat(ofTenant(exported("export?month=2026-03"))).hasSize(1);
        assertThat(listed().findValuesAsString("evidence")).containsExactlyInAnyOrder("tax_invoice", "card_slip");
    }

    @Test
    void method_that_is_told_before_or_after_the_payment_counts_alike() {
        put(acme);
        transaction.executeWithoutResult(_ -> taxInvoices.note(payment("1"), "계좌이체", null));
        buys("1", null);

        assertThat(ofTenant(exported("export?month=2026-03"))).hasSize(1);
    }

    @Test
    void money_that_goes_back_is_an_amendment_of_the_day_it_did() {
        put(acme);
        buys("1", "계좌이체");
        String receipt = receipt();
        clock.set(Instant.parse("2026-04-02T00:00:00Z"));

        wentBack("1", 3_300, false);
        List<String> part = ofTenant(exported("amendments?month=2026-04"));
        wentBack("1", 9_900, true);

        assertThat(part)
                .containsExactly("공급가액 변동,2026-04-02,2026-03-01," + receipt + ",1248100998,'" + company
                        + ",베이직,-3000,-300," + creditNotes().getFirst());
        assertThat(ofTenant(exported("amendments?month=2026-04")))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row).startsWith("계약의 해제,2026-04-02,2026-03-01," + receipt));
        assertThat(ofTenant(exported("amendments?month=2026-03"))).isEmpty();
    }

    @Test
    void profile_is_shown_as_it_was_told_and_a_mistyped_number_is_refused() {
        assertThat(profile("GET", "tenant:billing:read", "").statusCode()).isEqualTo(404);
        assertThat(profile("GET", "tenant:billing:read", "").body())
                .contains("\"code\":\"taxinvoice.profile-not-found\"");

        HttpResponse<String> mistyped = profile("PUT", "tenant:billing", acme.replace("00998", "00989"));
        assertThat(mistyped.statusCode()).isEqualTo(400);
        assertThat(mistyped.body()).contains("last digit fits the others");
        for (String wrong : List.of("{}", acme.replace("홍길동", " "), acme.replace("@", "."))) {
            assertThat(profile("PUT", "tenant:billing", wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
        put(acme);

        JsonNode told = JSON.readTree(profile("GET", "tenant:billing:read", "").body());
        assertThat(told.get("businessNumber").stringValue()).isEqualTo("124-81-00998");
        assertThat(told.get("companyName").stringValue()).isEqualTo(company);
        assertThat(jdbc.sql("SELECT action || ' ' || after::text FROM audit_entry WHERE tenant_id = :tenant")
                        .param("tenant", tenant.value())
                        .query(String.class)
                        .list())
                .containsExactly("tax-profile.change {\"number\": \"1248100998\"}");
    }

    @Test
    void month_that_is_none_is_refused() {
        for (String month : List.of("2026-13", "2026-3", "march", "")) {
            assertThat(operator("export?month=" + month).statusCode()).as(month).isEqualTo(400);
        }
        assertThat(operator("export?month=2026-03&part=0").statusCode()).isEqualTo(400);
    }

    private void buys(String payment, @Nullable String method) {
        buys(payment, "basic", 9_900, method);
    }

    private void buys(String payment, String plan, long won, @Nullable String method) {
        transaction.executeWithoutResult(_ -> {
            activatePlan.paid(new Purchase(
                    payment(payment), "ord_" + payment(payment), tenant, plan, null, Money.ofWon(won), true, PAID));
            if (method != null) {
                taxInvoices.note(payment(payment), method, null);
            }
        });
    }

    private void wentBack(String payment, long refunded, boolean whole) {
        transaction.executeWithoutResult(_ -> takeBack.wentBack(new MoneyWentBack(
                payment(payment),
                "ord_" + payment(payment),
                tenant,
                Money.ofWon(refunded),
                whole,
                "refunded",
                clock.instant())));
    }

    private void offer(String plan, long won, long taxFree) {
        HttpResponse<String> told = send(
                "/api/plans/" + plan,
                TokenIssuer.shared().token("nobodys", "operator:catalogue"),
                "PUT",
                "{\"name\": \"" + plan + "\", \"price\": " + won + ", \"taxFreeAmount\": " + taxFree + "}");
        assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
    }

    private String payment(String payment) {
        return tenant + "-" + payment;
    }

    private String receipt() {
        return jdbc.sql("SELECT number FROM tax_invoice WHERE tenant_id = :tenant AND NOT amended")
                .param("tenant", tenant.value())
                .query(String.class)
                .single();
    }

    private List<String> creditNotes() {
        return jdbc.sql("SELECT number FROM tax_invoice WHERE tenant_id = :tenant AND amended ORDER BY number")
                .param("tenant", tenant.value())
                .query((row, _) -> row.getString(1))
                .list();
    }

    private void put(String profile) {
        HttpResponse<String> told = profile("PUT", "tenant:billing", profile);
        assertThat(told.statusCode()).as(told.body()).isEqualTo(200);
    }

    private HttpResponse<String> profile(String method, String permission, String body) {
        return send("/api/tax-profile", TokenIssuer.shared().token(tenant.value(), permission), method, body);
    }

    private JsonNode listed() {
        return JSON.readTree(send(
                                "/api/tax-invoices",
                                TokenIssuer.shared().token(tenant.value(), "tenant:billing:read"),
                                "GET",
                                "")
                        .body())
                .get("data");
    }

    private HttpResponse<String> operator(String path) {
        return send("/api/tax-invoices/" + path, TokenIssuer.shared().token("nobodys", "operator:ledger"), "GET", "");
    }

    private List<String> exported(String path) {
        HttpResponse<String> file = operator(path);
        assertThat(file.statusCode()).as(file.body()).isEqualTo(200);
        return file.body().lines().toList();
    }

    /** Of this test's tenant. */
    private List<String> ofTenant(List<String> rows) {
        return rows.stream().filter(row -> row.contains(company)).toList();
    }

    private HttpResponse<String> send(String path, String token, String method, String body) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .header("Authorization", "Bearer " + token)
                            .header("Content-Type", "application/json")
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString(UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
