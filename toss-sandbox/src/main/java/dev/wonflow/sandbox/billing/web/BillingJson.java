package dev.wonflow.sandbox.billing.web;

import dev.wonflow.sandbox.billing.BillingAccount;
import dev.wonflow.sandbox.billing.BillingCard;
import dev.wonflow.sandbox.billing.BillingKey;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.merchant.ApiVersion;
import dev.wonflow.sandbox.merchant.Merchant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Writes a billing key as Toss does: the Billing object, with null for what it has not. */
@Component
class BillingJson {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(SandboxClock.SEOUL);

    /** From this version on {@code cardCompany} and {@code cardNumber} are gone. Documented. */
    private static final ApiVersion WITHOUT_FLAT_CARD = ApiVersion.V2024_06_01;

    private final JsonMapper json;

    BillingJson(JsonMapper json) {
        this.json = json;
    }

    byte[] write(BillingKey key, Merchant merchant, Locale locale) {
        BillingCard card = key.card();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("mId", key.mId());
        members.put("customerKey", key.customerKey());
        members.put("authenticatedAt", TIME.format(key.authenticatedAt()));
        members.put("method", key.method().label(locale));
        members.put("billingKey", key.billingKey());
        members.put("card", card == null ? null : card(card, locale));
        members.put("transfers", key.account() == null ? null : List.of(account(key.account())));
        members.put("easyPay", null);
        if (!merchant.apiVersion().isAtLeast(WITHOUT_FLAT_CARD)) {
            members.put("cardCompany", card == null ? null : company(card.issuerCode(), locale));
            members.put("cardNumber", card == null ? null : card.number());
        }
        return json.writeValueAsBytes(members);
    }

    private static Map<String, String> card(BillingCard card, Locale locale) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("issuerCode", card.issuerCode());
        members.put("acquirerCode", card.acquirerCode());
        members.put("number", card.number());
        members.put("cardType", kind(card.kind(), locale));
        members.put("ownerType", owner(card.owner(), locale));
        return members;
    }

    private static Map<String, String> account(BillingAccount account) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("bankName", account.bankName());
        members.put("bankAccountNumber", account.accountNumber());
        return members;
    }

    /** Only what the sandbox issues keys for. */
    private static String company(String issuerCode, Locale locale) {
        return issuerCode.equals("21") ? word(locale, "하나", "HANA") : word(locale, "현대", "HYUNDAI");
    }

    private static String kind(BillingCard.Kind kind, Locale locale) {
        return switch (kind) {
            case CREDIT -> word(locale, "신용", "CREDIT");
            case CHECK -> word(locale, "체크", "CHECK");
            case GIFT -> word(locale, "기프트", "GIFT");
            case UNKNOWN -> word(locale, "미확인", "UNKNOWN");
        };
    }

    private static String owner(BillingCard.Owner owner, Locale locale) {
        return switch (owner) {
            case PERSONAL -> word(locale, "개인", "PERSONAL");
            case CORPORATE -> word(locale, "법인", "CORPORATE");
            case UNKNOWN -> word(locale, "미확인", "UNKNOWN");
        };
    }

    private static String word(Locale locale, String korean, String english) {
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? english : korean;
    }
}
