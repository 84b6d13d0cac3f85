package dev.wonflow.sandbox.merchant;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the merchants the sandbox knows.
 *
 * @param merchants merchants with their pairs of keys; a live key among them stops the start
 */
@ConfigurationProperties("wonflow.sandbox")
record MerchantSettings(@DefaultValue List<MerchantSetting> merchants) {

    MerchantSettings {
        // Checked while the settings are read, so that a wrong one is reported as a setting.
        Merchants _ = merchantsOf(merchants);
    }

    /**
     * One merchant.
     *
     * @param mId merchant id, at most 14 characters
     * @param name what the payment window shows the buyer
     * @param apiVersion version of the API the merchant is set to, 1.4 or a date; keys of the widget always speak
     *     2022-11-16
     * @param keys pairs of keys
     */
    record MerchantSetting(
            String mId,
            String name,
            @DefaultValue("2022-11-16") String apiVersion,
            List<PairSetting> keys) {}

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
        return merchantsOf(merchants);
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
