package dev.wonflow.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.sandbox.RunningSandbox.Answer;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PromotionTest {

    private final RunningSandbox sandbox = RunningSandbox.shared();

    @Test
    void cards_give_discounts_and_instalments_without_interest() {
        Answer promotions = sandbox.get("/v1/promotions/card");

        assertThat(promotions.status()).isEqualTo(200);
        assertThat(promotions.json().propertyNames()).containsExactly("discountCards", "interestFreeCards");
        assertThat(promotions.json().path("discountCards"))
                .isNotEmpty()
                .allSatisfy(card -> assertThat(card.propertyNames())
                        .containsExactly(
                                "issuerCode",
                                "discountAmount",
                                "balance",
                                "discountCode",
                                "dueDate",
                                "minimumPaymentAmount",
                                "maximumPaymentAmount",
                                "currency"))
                .anySatisfy(
                        usedUp -> assertThat(usedUp.path("balance").asLong()).isZero());
        assertThat(promotions.json().path("interestFreeCards"))
                .isNotEmpty()
                .allSatisfy(card -> assertThat(card.propertyNames())
                        .containsExactly("issuerCode", "minimumPaymentAmount", "dueDate", "installmentFreeMonths"));
        assertThat(promotions
                        .json()
                        .at("/interestFreeCards/0/installmentFreeMonths")
                        .toString())
                .isEqualTo("[2,3]");
    }

    @Test
    void one_discount_has_no_budget_left() {
        assertThat(sandbox.get("/v1/promotions/card").json().path("discountCards"))
                .anySatisfy(card -> assertThat(card.path("balance").asLong()).isZero())
                .anySatisfy(card -> assertThat(card.path("balance").asLong()).isPositive());
    }

    @Test
    void every_promotion_fills_the_object_named_like_its_type() {
        Map<String, String> objects = Map.of(
                "CARD_DISCOUNT", "cardDiscount",
                "CARD_INTEREST_FREE", "cardInterestFree",
                "CARD_POINT", "cardPoint",
                "BANK_DISCOUNT", "bankDiscount");

        JsonNode promotions = sandbox.get("/v1/promotions").json();

        assertThat(promotions.isArray()).isTrue();
        assertThat(promotions)
                .extracting(promotion -> promotion.path("type").asString())
                .containsAll(objects.keySet());
        assertThat(promotions).allSatisfy(promotion -> {
            assertThat(promotion.path("payType").asString()).isIn("NORMAL", "BILLING", "BRANDPAY");
            assertThat(objects)
                    .allSatisfy(
                            (type, object) -> assertThat(promotion.path(object).isObject())
                                    .isEqualTo(promotion.path("type").asString().equals(type)));
        });
    }

    @Test
    void a_bank_takes_off_an_amount_or_a_rate() {
        assertThat(sandbox.get("/v1/promotions").json())
                .filteredOn(promotion -> promotion.path("type").asString().equals("BANK_DISCOUNT"))
                .extracting(promotion -> promotion.path("bankDiscount"))
                .anySatisfy(bank -> {
                    assertThat(bank.path("type").asString()).isEqualTo("FIXED_AMOUNT");
                    assertThat(bank.path("discountRate").isNull()).isTrue();
                })
                .anySatisfy(bank -> {
                    assertThat(bank.path("type").asString()).isEqualTo("FIXED_RATE");
                    assertThat(bank.path("discountRate").isNumber()).isTrue();
                });
    }

    @Test
    void promotions_end_with_the_year_of_the_sandbox_clock() {
        try (RunningSandbox own = RunningSandbox.start()) {
            assertThat(dueDate(own)).isEqualTo(year(own) + "-12-31");
            int before = year(own);
            own.advance("P366D");
            assertThat(year(own)).isGreaterThan(before);
            assertThat(dueDate(own)).isEqualTo(year(own) + "-12-31");
        }
    }

    private static String dueDate(RunningSandbox at) {
        return at.get("/v1/promotions/card")
                .json()
                .at("/discountCards/0/dueDate")
                .asString();
    }

    private static int year(RunningSandbox at) {
        return at.now().atZone(ZoneId.of("Asia/Seoul")).getYear();
    }
}
