package dev.wonflow.sandbox.payout.web;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.merchant.SecurityKey;
import dev.wonflow.sandbox.merchant.SecurityKeys;
import dev.wonflow.sandbox.payout.FindOwner;
import dev.wonflow.sandbox.webhook.SignatureHeader;
import dev.wonflow.sandbox.webhook.WebhookSignature;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signs webhooks with the security keys of the merchant whose seller or payout they are about. One made by hand is
 * about nobody's; it is signed with the keys of the first merchant that has some.
 */
@Component
class SignPayouts implements WebhookSignature {

    private final SecurityKeys securityKeys;
    private final FindOwner findOwner;
    private final Assumptions assumptions;
    private final JsonMapper json;

    SignPayouts(SecurityKeys securityKeys, FindOwner findOwner, Assumptions assumptions, JsonMapper json) {
        this.securityKeys = securityKeys;
        this.findOwner = findOwner;
        this.assumptions = assumptions;
        this.json = json;
    }

    @Override
    public Optional<String> of(String body, String transmissionTime) {
        List<byte[]> keys = findOwner.of(idIn(body)).map(securityKeys::of).orElseGet(securityKeys::any).stream()
                .map(this::bytesOf)
                .toList();
        return keys.isEmpty() ? Optional.empty() : Optional.of(SignatureHeader.of(keys, body, transmissionTime));
    }

    private byte[] bytesOf(SecurityKey key) {
        return assumptions.signatureKeyDecoded() ? key.decoded() : key.text();
    }

    private String idIn(String body) {
        try {
            return json.readTree(body).path("entityBody").path("id").asString("");
        } catch (JacksonException _) {
            // Bodies made by hand may be anything.
            return "";
        }
    }
}
