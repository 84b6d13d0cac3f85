package dev.wonflow.sandbox.merchant;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the merchants the sandbox knows.
 *
 * @param merchants merchants with their pairs of keys; a live key among them stops the start
 * @param documentationKeys whether the test keys that Toss prints in its documentation are known too, so that its
 *     examples run as they are; they are those of a merchant of their own
 */
@ConfigurationProperties("wonflow.sandbox")
record MerchantSettings(
        @DefaultValue List<MerchantSetting> merchants,
        @DefaultValue("true") boolean documentationKeys) {

    MerchantSettings {
        // Checked while the settings are read, so that a wrong one is reported as a setting.
        Merchants _ = merchantsOf(merchants);
        SecurityKeys _ = securityKeysOf(merchants);
    }

    /**
     * One merchant.
     *
     * @param mId merchant id, at most 14 characters
     * @param name what the payment window shows the buyer
     * @param apiVersion version of the API the merchant is set to, 1.4 or a date; keys of the widget always speak
     *     2022-11-16
     * @param keys pairs of keys
     * @param securityKeys security keys (보안 키) for payouts and their webhooks, the newest first: none, one, or two
     *     while one replaces the other
     */
    record MerchantSetting(
            String mId,
            String name,
            @DefaultValue("2022-11-16") String apiVersion,
            List<PairSetting> keys,
            @DefaultValue List<String> securityKeys) {

        @Override
        public String toString() {
            return "MerchantSetting[mId=" + mId + ", name=" + name + ", apiVersion=" + apiVersion + ", keys=" + keys
                    + ", securityKeys=***]";
        }
    }

    /**
     * One pair of keys.
     *
     * @param clientKey key of the browser
     * @param secretKey key of the server
     */
    record PairSetting(String clientKey, String secretKey) {

        @Override
        public String toString() {
            return "PairSetting[clientKey=" + clientKey + ", secretKey=***]";
        }
    }

    Merchants toMerchants() {
        Merchants set = merchantsOf(merchants);
        return documentationKeys ? set.withDocumented(DocumentedKeys.ALL) : set;
    }

    SecurityKeys toSecurityKeys() {
        return securityKeysOf(merchants);
    }

    private static SecurityKeys securityKeysOf(List<MerchantSetting> merchants) {
        Map<String, List<SecurityKey>> keys = new LinkedHashMap<>();
        for (MerchantSetting merchant : merchants) {
            keys.put(
                    merchant.mId(),
                    merchant.securityKeys().stream()
                            .map(key -> new SecurityKey(merchant.mId(), key))
                            .toList());
        }
        return new SecurityKeys(keys);
    }

    private static Merchants merchantsOf(List<MerchantSetting> merchants) {
        return new Merchants(merchants.stream()
                .flatMap(setting -> {
                    Merchant merchant =
                            new Merchant(setting.mId(), setting.name(), ApiVersion.of(setting.apiVersion()));
                    return setting.keys().stream()
                            .map(pair -> new KeyPair(merchant, pair.clientKey(), pair.secretKey()));
                })
                .toList());
    }
}
