package dev.wonflow.sandbox.payout.web;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.Exchange;
import dev.wonflow.sandbox.payout.Balances;
import dev.wonflow.sandbox.payout.MovePayouts;
import dev.wonflow.sandbox.payout.Payout;
import dev.wonflow.sandbox.payout.RequestPayouts;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The payout and balance paths of the Toss API. */
@RestController
class PayoutController {

    private static final String TYPE = "payout";

    private final RequestPayouts requestPayouts;
    private final MovePayouts movePayouts;
    private final Balances balances;
    private final Entities entities;
    private final JsonMapper json;

    PayoutController(
            RequestPayouts requestPayouts,
            MovePayouts movePayouts,
            Balances balances,
            Entities entities,
            JsonMapper json) {
        this.requestPayouts = requestPayouts;
        this.movePayouts = movePayouts;
        this.balances = balances;
        this.entities = entities;
        this.json = json;
    }

    @GetMapping("/v2/balances")
    ResponseEntity<byte[]> balance(
            HttpServletResponse response, @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange) {
        Balances.Balance balance = balances.of(exchange.keys().merchant().mId());
        return entities.one("balance", PayoutJson.view(balance), exchange, response);
    }

    @PostMapping("/v2/payouts")
    ResponseEntity<byte[]> request(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange)
            throws IOException {
        JsonNode body = Fields.body(request, json);
        if (!body.isArray()) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        List<RequestPayouts.Request> requests = new ArrayList<>();
        body.forEach(item -> requests.add(request(Fields.of(item))));
        List<Payout> requested = requestPayouts.request(exchange.keys().merchant(), requests);
        exchange.hadEffect();
        return entities.all(
                TYPE,
                requested,
                Payout::id,
                payout -> PayoutJson.view(payout, exchange.language()),
                exchange,
                response);
    }

    private static RequestPayouts.Request request(Fields fields) {
        Fields amount = fields.object("amount");
        if (!amount.text("currency").equals("KRW")) {
            throw new Refused(TossError.INVALID_CURRENCY);
        }
        return new RequestPayouts.Request(
                fields.text("refPayoutId"),
                fields.text("destination"),
                fields.constant(Payout.ScheduleType.class, "scheduleType"),
                fields.optionalText("payoutDate").map(PayoutController::date).orElse(null),
                amount.won("value"),
                fields.text("transactionDescription"),
                fields.metadata());
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException _) {
            throw new Refused(TossError.INVALID_DATE);
        }
    }

    /** Needs no body. */
    @PostMapping("/v2/payouts/{payoutId}/cancel")
    ResponseEntity<byte[]> cancel(
            @PathVariable String payoutId,
            HttpServletResponse response,
            @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange) {
        Payout payout = movePayouts.cancel(exchange.keys().merchant(), payoutId);
        exchange.hadEffect();
        return entities.one(TYPE, PayoutJson.view(payout, exchange.language()), exchange, response);
    }

    @GetMapping("/v2/payouts/{payoutId}")
    ResponseEntity<byte[]> find(
            @PathVariable String payoutId,
            HttpServletResponse response,
            @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange) {
        Payout payout = requestPayouts.find(exchange.keys().merchant(), payoutId);
        return entities.one(TYPE, PayoutJson.view(payout, exchange.language()), exchange, response);
    }

    @GetMapping("/v2/payouts")
    ResponseEntity<byte[]> list(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String startingAfter,
            HttpServletResponse response,
            @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange) {
        return entities.page(
                TYPE,
                requestPayouts.all(exchange.keys().merchant()),
                Payout::id,
                payout -> PayoutJson.view(payout, exchange.language()),
                limit,
                startingAfter,
                exchange,
                response);
    }
}
