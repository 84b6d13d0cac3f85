package dev.wonflow.sandbox.billing.web;

import dev.wonflow.sandbox.billing.BillingKey;
import dev.wonflow.sandbox.billing.CardDetails;
import dev.wonflow.sandbox.billing.DeleteBillingKey;
import dev.wonflow.sandbox.billing.IssueBillingKey;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.web.Exchange;
import dev.wonflow.sandbox.payment.web.JsonBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The billing paths of the Toss API. */
@RestController
@RequestMapping("/v1/billing")
class BillingController {

    private static final int LONGEST_NAME = 100;

    private final IssueBillingKey issueBillingKey;
    private final DeleteBillingKey deleteBillingKey;
    private final BillingJson billingJson;
    private final JsonMapper json;

    BillingController(
            IssueBillingKey issueBillingKey,
            DeleteBillingKey deleteBillingKey,
            BillingJson billingJson,
            JsonMapper json) {
        this.issueBillingKey = issueBillingKey;
        this.deleteBillingKey = deleteBillingKey;
        this.billingJson = billingJson;
        this.json = json;
    }

    @PostMapping("/authorizations/issue")
    ResponseEntity<byte[]> byAuthKey(
            HttpServletRequest request, @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange) throws IOException {
        JsonBody body = JsonBody.of(request, json);
        BillingKey issued = issueBillingKey.byAuthKey(exchange.keys(), body.text("authKey"), body.text("customerKey"));
        return issued(issued, exchange);
    }

    @PostMapping("/authorizations/card")
    ResponseEntity<byte[]> byCard(HttpServletRequest request, @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange)
            throws IOException {
        JsonBody body = JsonBody.of(request, json);
        String customerKey = body.text("customerKey");
        CardDetails card = new CardDetails(
                body.text("cardNumber"),
                body.text("cardExpirationYear"),
                body.text("cardExpirationMonth"),
                body.text("customerIdentityNumber"),
                body.optionalText("cardPassword").orElse(null));
        checkCustomer(body);
        return issued(issueBillingKey.byCard(exchange.keys(), customerKey, card), exchange);
    }

    private ResponseEntity<byte[]> issued(BillingKey issued, Exchange exchange) {
        exchange.hadEffect();
        return answer(billingJson.write(issued, exchange.keys().merchant(), exchange.language()));
    }

    /** Answers with no body at all. Seen. */
    @DeleteMapping("/{billingKey}")
    ResponseEntity<Void> delete(
            @PathVariable String billingKey, @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange) {
        if (deleteBillingKey.delete(exchange.keys().merchant(), billingKey)) {
            exchange.hadEffect();
        }
        return ResponseEntity.ok().build();
    }

    private static void checkCustomer(JsonBody body) {
        Optional<String> email = body.optionalText("customerEmail");
        if (email.filter(text -> text.length() > LONGEST_NAME || !text.contains("@"))
                .isPresent()) {
            throw new Refused(TossError.INVALID_EMAIL);
        }
        if (body.optionalText("customerName")
                .filter(name -> name.length() > LONGEST_NAME)
                .isPresent()) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
    }

    private static ResponseEntity<byte[]> answer(byte[] body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }
}
