package dev.wonflow.sandbox.merchant;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The merchants of the sandbox, found by the keys they call with. */
public final class Merchants {

    private final Map<String, KeyPair> bySecretKey = new HashMap<>();
    private final Map<String, KeyPair> byClientKey = new HashMap<>();
    private final List<KeyPair> pairs;

    public Merchants(Collection<KeyPair> pairs) {
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("wonflow.sandbox.merchants: none (expected: at least one pair of keys)");
        }
        for (KeyPair pair : pairs) {
            if (bySecretKey.put(pair.secretKey(), pair) != null) {
                throw new IllegalArgumentException(
                        "secret-key of " + pair.merchant().mId() + ": used twice");
            }
            if (byClientKey.put(pair.clientKey(), pair) != null) {
                throw new IllegalArgumentException(
                        "client-key of " + pair.merchant().mId() + ": used twice");
            }
        }
        this.pairs = List.copyOf(pairs);
    }

    /**
     * Knows the keys of the documentation as well. What the settings say comes first: a pair is left out if one of its
     * keys, or the id of its merchant, is taken.
     */
    Merchants withDocumented(List<KeyPair> documented) {
        Merchants both = new Merchants(pairs);
        for (KeyPair pair : documented) {
            if (!byClientKey.containsKey(pair.clientKey())
                    && !bySecretKey.containsKey(pair.secretKey())
                    && withId(pair.merchant().mId()).isEmpty()) {
                both.bySecretKey.put(pair.secretKey(), pair);
                both.byClientKey.put(pair.clientKey(), pair);
            }
        }
        return both;
    }

    /** Every pair of the settings, in their order; those of the documentation are not among them. */
    public List<KeyPair> all() {
        return pairs;
    }

    /** Whether keys are known that no setting names. */
    public boolean knowsDocumented() {
        return bySecretKey.size() > pairs.size();
    }

    public Optional<KeyPair> withSecretKey(String secretKey) {
        return Optional.ofNullable(bySecretKey.get(secretKey));
    }

    /** Finds a pair by the key of the browser, which is also how kept state refers to it. */
    public Optional<KeyPair> withClientKey(String clientKey) {
        return Optional.ofNullable(byClientKey.get(clientKey));
    }

    /** The first pair that is not of the widget family: the one for billing, if nobody names another. */
    public Optional<KeyPair> firstBeyondWidgets() {
        return pairs.stream().filter(pair -> !pair.isOfWidget()).findFirst();
    }

    /** Finds a merchant by its id. */
    public Optional<Merchant> withId(String mId) {
        return bySecretKey.values().stream()
                .map(KeyPair::merchant)
                .filter(merchant -> merchant.mId().equals(mId))
                .findFirst();
    }
}
