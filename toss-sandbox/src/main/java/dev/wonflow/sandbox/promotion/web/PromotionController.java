package dev.wonflow.sandbox.promotion.web;

import dev.wonflow.sandbox.promotion.Promotion;
import dev.wonflow.sandbox.promotion.Promotion.BankDiscount;
import dev.wonflow.sandbox.promotion.Promotion.CardDiscount;
import dev.wonflow.sandbox.promotion.Promotion.CardInterestFree;
import dev.wonflow.sandbox.promotion.Promotion.CardPoint;
import dev.wonflow.sandbox.promotion.Promotions;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The promotion paths of the Toss API. */
@RestController
@RequestMapping("/v1/promotions")
class PromotionController {

    private static final String CURRENCY = "KRW";

    private final Promotions promotions;
    private final JsonMapper json;

    PromotionController(Promotions promotions, JsonMapper json) {
        this.promotions = promotions;
        this.json = json;
    }

    @GetMapping
    ResponseEntity<byte[]> all() {
        LocalDate dueDate = promotions.dueDate();
        return answer(promotions.all().stream()
                .map(promotion -> entry(promotion, dueDate))
                .toList());
    }

    /** Only what a card gives at once or without interest, with the two kinds apart. */
    @GetMapping("/card")
    ResponseEntity<byte[]> ofCards() {
        LocalDate dueDate = promotions.dueDate();
        List<Map<String, Object>> discounts = new ArrayList<>();
        List<Map<String, Object>> interestFree = new ArrayList<>();
        for (Promotion promotion : promotions.all()) {
            switch (promotion) {
                case CardDiscount discount -> discounts.add(cardDiscount(discount, dueDate));
                case CardInterestFree free -> {
                    Map<String, Object> members = interestFree(free, dueDate);
                    // The list of cards names no currency here.
                    members.remove("currency");
                    interestFree.add(members);
                }
                case CardPoint _, BankDiscount _ -> {}
            }
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("discountCards", discounts);
        members.put("interestFreeCards", interestFree);
        return answer(members);
    }

    private static Map<String, @Nullable Object> entry(Promotion promotion, LocalDate dueDate) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("payType", promotion.payType().name());
        members.put("type", null);
        members.put("cardDiscount", null);
        members.put("cardInterestFree", null);
        members.put("cardPoint", null);
        members.put("bankDiscount", null);
        switch (promotion) {
            case CardDiscount discount -> {
                members.put("type", "CARD_DISCOUNT");
                members.put("cardDiscount", cardDiscount(discount, dueDate));
            }
            case CardInterestFree free -> {
                members.put("type", "CARD_INTEREST_FREE");
                members.put("cardInterestFree", interestFree(free, dueDate));
            }
            case CardPoint point -> {
                members.put("type", "CARD_POINT");
                members.put("cardPoint", cardPoint(point, dueDate));
            }
            case BankDiscount discount -> {
                members.put("type", "BANK_DISCOUNT");
                members.put("bankDiscount", bankDiscount(discount, dueDate));
            }
        }
        return members;
    }

    private static Map<String, Object> cardDiscount(CardDiscount discount, LocalDate dueDate) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("issuerCode", discount.issuerCode());
        members.put("discountAmount", discount.discountWon());
        members.put("balance", discount.budgetWon());
        members.put("discountCode", discount.code());
        members.put("dueDate", dueDate.toString());
        members.put("minimumPaymentAmount", discount.smallestWon());
        members.put("maximumPaymentAmount", discount.largestWon());
        members.put("currency", CURRENCY);
        return members;
    }

    private static Map<String, Object> interestFree(CardInterestFree free, LocalDate dueDate) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("issuerCode", free.issuerCode());
        members.put("minimumPaymentAmount", free.smallestWon());
        members.put("currency", CURRENCY);
        members.put("dueDate", dueDate.toString());
        members.put("installmentFreeMonths", free.months());
        return members;
    }

    private static Map<String, Object> cardPoint(CardPoint point, LocalDate dueDate) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("issuerCode", point.issuerCode());
        members.put("minimumPaymentAmount", point.smallestWon());
        members.put("currency", CURRENCY);
        members.put("dueDate", dueDate.toString());
        return members;
    }

    private static Map<String, @Nullable Object> bankDiscount(BankDiscount discount, LocalDate dueDate) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("type", discount.discountRate() == null ? "FIXED_AMOUNT" : "FIXED_RATE");
        members.put("bankCode", discount.bankCode());
        members.put("discountAmount", discount.discountWon());
        members.put("discountRate", discount.discountRate());
        members.put("minimumPaymentAmount", discount.smallestWon());
        members.put("maximumPaymentAmount", discount.largestWon());
        members.put("currency", CURRENCY);
        members.put("discountCode", discount.code());
        members.put("dueDate", dueDate.toString());
        return members;
    }

    private ResponseEntity<byte[]> answer(Object body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json.writeValueAsBytes(body));
    }
}
