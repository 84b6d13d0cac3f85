package dev.wonflow.sandbox.billing.web;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.billing.BillingAccount;
import dev.wonflow.sandbox.billing.BillingCard;
import dev.wonflow.sandbox.billing.BillingKey;
import dev.wonflow.sandbox.card.CardFace;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.institution.CardCompany;
import dev.wonflow.sandbox.merchant.ApiVersion;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
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

    /** Without the zeros a fraction ends in. */
    private static final DateTimeFormatter MICROSECOND = new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .appendPattern("xxx")
            .toFormatter(Locale.ROOT)
            .withZone(SandboxClock.SEOUL);

    private final boolean asRecorded;
    private final JsonMapper json;

    BillingJson(Assumptions assumptions, JsonMapper json) {
        this.asRecorded = assumptions.billingAsRecorded();
        this.json = json;
    }

    byte[] write(BillingKey key, ApiVersion version, Locale locale) {
        BillingCard card = key.card();
        BillingAccount account = key.account();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("mId", key.mId());
        members.put("customerKey", key.customerKey());
        members.put("authenticatedAt", (asRecorded ? MICROSECOND : TIME).format(key.authenticatedAt()));
        members.put("method", key.method().label(locale));
        members.put("billingKey", key.billingKey());
        members.put("card", card == null ? null : card(card.face(), locale));
        if (account != null || !asRecorded) {
            members.put("transfers", account == null ? null : List.of(account(account)));
        }
        if (!asRecorded) {
            members.put("easyPay", null);
        }
        if (!version.isAtLeast(WITHOUT_FLAT_CARD)) {
            members.put("cardCompany", card == null ? null : company(card.face().issuer(), locale));
            members.put("cardNumber", card == null ? null : card.face().number());
        }
        return json.writeValueAsBytes(members);
    }

    private static Map<String, String> card(CardFace face, Locale locale) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("issuerCode", face.issuer().code());
        members.put("acquirerCode", face.acquirer().code());
        members.put("number", face.number());
        members.put("cardType", face.type().label(locale));
        members.put("ownerType", face.owner().label(locale));
        return members;
    }

    private static Map<String, String> account(BillingAccount account) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("bankName", account.bank().korean());
        members.put("bankAccountNumber", account.accountNumber());
        return members;
    }

    private static String company(CardCompany company, Locale locale) {
        return locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) ? company.name() : company.korean();
    }
}
