package dev.wonflow.sandbox.settlement.web;

import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.Payments;
import dev.wonflow.sandbox.payment.web.PaymentJson;
import dev.wonflow.sandbox.settlement.Settlement;
import dev.wonflow.sandbox.transaction.Transaction;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes settlements as Toss does. What the buyer paid with is null once the payment itself has been forgotten. */
@Component
class SettlementJson {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT).withZone(SandboxClock.SEOUL);

    private final Payments payments;
    private final PaymentJson paymentJson;
    private final JsonMapper json = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    SettlementJson(Payments payments, PaymentJson paymentJson) {
        this.payments = payments;
        this.paymentJson = paymentJson;
    }

    /**
     * One settlement.
     *
     * @param interestFee part of the fees
     * @param fee all fees with VAT; was seen besides {@code fees}, and is not in the reference
     * @param supplyAmount the fees without VAT
     */
    private record SettlementView(
            String mId,
            String paymentKey,
            String transactionKey,
            String orderId,
            String currency,
            String method,
            long amount,
            long interestFee,
            long fee,
            List<FeeView> fees,
            long supplyAmount,
            long vat,
            long payOutAmount,
            @Nullable String approvedAt,
            String soldDate,
            String paidOutDate,
            @Nullable JsonNode card,
            @Nullable JsonNode easyPay,
            @Nullable JsonNode giftCertificate,
            @Nullable JsonNode mobilePhone,
            @Nullable JsonNode transfer,
            @Nullable JsonNode virtualAccount,
            @Nullable JsonNode cancel) {}

    private record FeeView(String type, long fee) {}

    byte[] write(List<Settlement> settlements, Locale language) {
        return json.writeValueAsBytes(settlements.stream()
                .map(settlement -> view(settlement, language))
                .toList());
    }

    private SettlementView view(Settlement settlement, Locale language) {
        Transaction transaction = settlement.transaction();
        Optional<JsonNode> payment = payments.find(transaction.paymentKey()).map(found -> tree(found, language));
        return new SettlementView(
                transaction.mId(),
                transaction.paymentKey(),
                transaction.transactionKey(),
                transaction.orderId(),
                "KRW",
                transaction.method().label(language),
                settlement.amountWon(),
                settlement.interestWon(),
                settlement.feeWon(),
                settlement.fees().stream()
                        .map(fee -> new FeeView(fee.type().name(), fee.won()))
                        .toList(),
                settlement.supplyWon(),
                settlement.vatWon(),
                settlement.payOutWon(),
                transaction.approvedAt() == null ? null : TIME.format(transaction.approvedAt()),
                settlement.soldDate().toString(),
                settlement.paidOutDate().toString(),
                member(payment, "card"),
                member(payment, "easyPay"),
                member(payment, "giftCertificate"),
                member(payment, "mobilePhone"),
                member(payment, "transfer"),
                member(payment, "virtualAccount"),
                payment.map(found -> cancel(found, transaction.transactionKey()))
                        .orElse(null));
    }

    private JsonNode tree(Payment payment, Locale language) {
        return json.readTree(paymentJson.write(payment, language));
    }

    private static @Nullable JsonNode member(Optional<JsonNode> payment, String name) {
        return payment.map(found -> found.path(name)).orElse(null);
    }

    private static @Nullable JsonNode cancel(JsonNode payment, String transactionKey) {
        return StreamSupport.stream(payment.path("cancels").spliterator(), false)
                .filter(cancel -> cancel.path("transactionKey").asString().equals(transactionKey))
                .findFirst()
                .orElse(null);
    }
}
