package dev.wonflow.sandbox.merchant;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The security keys of the merchants. */
public final class SecurityKeys {

    /** A key that was replaced stays valid for seven days, so there are never more than two. */
    private static final int MOST_ACTIVE = 2;

    private final Map<String, List<SecurityKey>> byMerchant = new LinkedHashMap<>();

    public SecurityKeys(Map<String, List<SecurityKey>> byMerchant) {
        byMerchant.forEach((mId, keys) -> {
            if (keys.size() > MOST_ACTIVE) {
                throw new IllegalArgumentException("security-keys of " + mId + ": " + keys.size()
                        + " (expected: at most " + MOST_ACTIVE + ", the new one and the one it replaces)");
            }
            this.byMerchant.put(mId, List.copyOf(keys));
        });
    }

    /** The active keys of a merchant, the newest first; none if it has none. */
    public List<SecurityKey> of(String mId) {
        return byMerchant.getOrDefault(mId, List.of());
    }

    /** The active keys of the first merchant that has any. */
    public List<SecurityKey> any() {
        return byMerchant.values().stream()
                .filter(keys -> !keys.isEmpty())
                .findFirst()
                .orElse(List.of());
    }
}
