package dev.wonflow.sandbox.virtualaccount.web;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.Exchange;
import dev.wonflow.sandbox.exchange.web.JsonBody;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.web.PaymentBody;
import dev.wonflow.sandbox.payment.web.PaymentJson;
import dev.wonflow.sandbox.payment.web.WindowAddress;
import dev.wonflow.sandbox.virtualaccount.IssueVirtualAccount;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Virtual accounts of the Toss API that are issued by the server. */
@RestController
@RequestMapping("/v1/virtual-accounts")
class VirtualAccountController {

    private final IssueVirtualAccount issueVirtualAccount;
    private final PaymentJson paymentJson;
    private final JsonMapper json;

    VirtualAccountController(IssueVirtualAccount issueVirtualAccount, PaymentJson paymentJson, JsonMapper json) {
        this.issueVirtualAccount = issueVirtualAccount;
        this.paymentJson = paymentJson;
        this.json = json;
    }

    @PostMapping
    ResponseEntity<byte[]> issue(HttpServletRequest request, @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange)
            throws IOException {
        JsonBody body = JsonBody.of(request, json);
        String orderId = body.text("orderId");
        exchange.isAbout(orderId, null);
        PaymentBody.checkUnused(body);
        Optional<JsonBody> cashReceipt = body.object("cashReceipt");
        Payment payment = issueVirtualAccount.issue(
                exchange.keys(),
                new IssueVirtualAccount.Request(
                        orderId,
                        body.text("orderName"),
                        body.won("amount").orElseThrow(() -> new Refused(TossError.INVALID_REQUEST)),
                        body.won("taxFreeAmount").orElse(0L),
                        PaymentBody.buyer(body),
                        body.flag("useEscrow"),
                        body.text("bank"),
                        body.won("validHours").orElse(null),
                        body.optionalText("dueDate").orElse(null),
                        body.optionalText("accountType").orElse(null),
                        body.optionalText("accountKey").orElse(null),
                        cashReceipt.map(receipt -> receipt.text("type")).orElse(null),
                        cashReceipt
                                .flatMap(receipt -> receipt.optionalText("registrationNumber"))
                                .orElse(null),
                        WindowAddress.base()));
        exchange.isAbout(orderId, payment.paymentKey());
        exchange.hadEffect();
        return paymentJson.answer(payment, exchange.language());
    }
}
