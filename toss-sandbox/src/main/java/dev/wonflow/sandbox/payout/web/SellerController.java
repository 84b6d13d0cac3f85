package dev.wonflow.sandbox.payout.web;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.Exchange;
import dev.wonflow.sandbox.merchant.Merchant;
import dev.wonflow.sandbox.payout.RegisterSellers;
import dev.wonflow.sandbox.payout.Seller;
import dev.wonflow.sandbox.payout.Seller.Account;
import dev.wonflow.sandbox.payout.Seller.Company;
import dev.wonflow.sandbox.payout.Seller.Individual;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The seller paths of the Toss API. */
@RestController
@RequestMapping("/v2/sellers")
class SellerController {

    private static final String TYPE = "seller";

    private final RegisterSellers registerSellers;
    private final Entities entities;
    private final JsonMapper json;

    SellerController(RegisterSellers registerSellers, Entities entities, JsonMapper json) {
        this.registerSellers = registerSellers;
        this.entities = entities;
        this.json = json;
    }

    @PostMapping
    ResponseEntity<byte[]> register(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange)
            throws IOException {
        Fields fields = Fields.of(Fields.body(request, json));
        Fields account = fields.object("account");
        Seller seller = registerSellers.register(
                exchange.keys().merchant(),
                fields.text("refSellerId"),
                fields.constant(Seller.BusinessType.class, "businessType"),
                new RegisterSellers.Details(
                        fields.optionalObject("company")
                                .map(SellerController::company)
                                .orElse(null),
                        fields.optionalObject("individual")
                                .map(SellerController::individual)
                                .orElse(null),
                        new Account(
                                account.text("bankCode"), account.text("accountNumber"), account.text("holderName")),
                        fields.metadata()));
        exchange.hadEffect();
        return entities.one(TYPE, PayoutJson.view(seller), exchange, response);
    }

    private static Company company(Fields fields) {
        return new Company(
                fields.text("name"),
                fields.text("representativeName"),
                fields.text("businessRegistrationNumber"),
                fields.text("email"),
                fields.text("phone"));
    }

    private static Individual individual(Fields fields) {
        return new Individual(fields.text("name"), fields.text("email"), fields.text("phone"));
    }

    /** What the request does not name stays as it is. */
    @PostMapping("/{sellerId}")
    ResponseEntity<byte[]> change(
            @PathVariable String sellerId,
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange)
            throws IOException {
        Merchant merchant = exchange.keys().merchant();
        Fields fields = Fields.of(Fields.body(request, json));
        Seller before = registerSellers.find(merchant, sellerId);
        requireUnchanged(fields, "refSellerId", before.refSellerId());
        requireUnchanged(fields, "businessType", before.businessType().name());
        Seller seller = registerSellers.change(
                merchant,
                sellerId,
                new RegisterSellers.Details(
                        changed(fields, before.company()),
                        changed(fields, before.individual()),
                        changed(fields, before.account()),
                        fields.has("metadata") ? fields.metadata() : before.metadata()));
        exchange.hadEffect();
        return entities.one(TYPE, PayoutJson.view(seller), exchange, response);
    }

    private static void requireUnchanged(Fields fields, String name, String before) {
        if (!fields.text(name, before).equals(before)) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
    }

    private static @Nullable Company changed(Fields fields, @Nullable Company before) {
        if (before == null || !fields.has("company")) {
            return before;
        }
        Fields company = fields.object("company");
        return new Company(
                company.text("name", before.name()),
                company.text("representativeName", before.representativeName()),
                company.text("businessRegistrationNumber", before.businessRegistrationNumber()),
                company.text("email", before.email()),
                company.text("phone", before.phone()));
    }

    private static @Nullable Individual changed(Fields fields, @Nullable Individual before) {
        if (before == null || !fields.has("individual")) {
            return before;
        }
        Fields individual = fields.object("individual");
        return new Individual(
                individual.text("name", before.name()),
                individual.text("email", before.email()),
                individual.text("phone", before.phone()));
    }

    private static Account changed(Fields fields, Account before) {
        if (!fields.has("account")) {
            return before;
        }
        Fields account = fields.object("account");
        return new Account(
                account.text("bankCode", before.bankCode()),
                account.text("accountNumber", before.accountNumber()),
                account.text("holderName", before.holderName()));
    }

    @GetMapping("/{sellerId}")
    ResponseEntity<byte[]> find(
            @PathVariable String sellerId,
            HttpServletResponse response,
            @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange) {
        Seller seller = registerSellers.find(exchange.keys().merchant(), sellerId);
        return entities.one(TYPE, PayoutJson.view(seller), exchange, response);
    }

    @GetMapping
    ResponseEntity<byte[]> list(
            @RequestParam(required = false) @Nullable String limit,
            @RequestParam(required = false) @Nullable String startingAfter,
            HttpServletResponse response,
            @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange) {
        return entities.page(
                TYPE,
                registerSellers.all(exchange.keys().merchant()),
                Seller::id,
                PayoutJson::view,
                limit,
                startingAfter,
                exchange,
                response);
    }

    @DeleteMapping("/{sellerId}")
    ResponseEntity<byte[]> delete(
            @PathVariable String sellerId,
            HttpServletResponse response,
            @RequestAttribute(Exchange.ATTRIBUTE) Exchange exchange) {
        registerSellers.delete(exchange.keys().merchant(), sellerId);
        exchange.hadEffect();
        return entities.deleted(TYPE, sellerId, exchange, response);
    }
}
