package dev.wonflow.payment.gateway.toss;

import dev.wonflow.payment.gateway.AccountSeal;
import dev.wonflow.payment.gateway.RefundAccount;
import java.security.SecureRandom;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Seals accounts for the time of a refund: a holder of Toss's secret key could send the money anywhere anyway. */
final class KeyedAccountSeal implements AccountSeal {

    private static final String PURPOSE = "wonflow refund account 1";

    private final KeyedSeal<RefundAccount> seal;

    KeyedAccountSeal(String secretKey, SecureRandom random, JsonMapper json) {
        this.seal = new KeyedSeal<>(PURPOSE, RefundAccount.class, secretKey, random, json);
    }

    @Override
    public byte[] seal(RefundAccount account, String of) {
        return seal.seal(account, of);
    }

    @Override
    public Optional<RefundAccount> open(byte[] sealed, String of) {
        return seal.open(sealed, of);
    }
}
