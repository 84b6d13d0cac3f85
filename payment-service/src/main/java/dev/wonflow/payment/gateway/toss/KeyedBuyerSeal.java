package dev.wonflow.payment.gateway.toss;

import dev.wonflow.payment.gateway.Buyer;
import dev.wonflow.payment.gateway.BuyerSeal;
import java.security.SecureRandom;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Seals buyers for the time of an opening: a holder of Toss's secret key could ask Toss for them anyway. */
final class KeyedBuyerSeal implements BuyerSeal {

    private static final String PURPOSE = "wonflow virtual account buyer 1";

    private final KeyedSeal<Buyer> seal;

    KeyedBuyerSeal(String secretKey, SecureRandom random, JsonMapper json) {
        this.seal = new KeyedSeal<>(PURPOSE, Buyer.class, secretKey, random, json);
    }

    @Override
    public byte[] seal(Buyer buyer, String of) {
        return seal.seal(buyer, of);
    }

    @Override
    public Optional<Buyer> open(byte[] sealed, String of) {
        return seal.open(sealed, of);
    }
}
