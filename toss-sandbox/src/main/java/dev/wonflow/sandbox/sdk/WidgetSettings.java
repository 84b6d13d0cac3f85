package dev.wonflow.sandbox.sdk;

import dev.wonflow.sandbox.institution.EasyPayProvider;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the widgets, which a merchant of Toss makes in its admin pages.
 *
 * @param variantKeys variants there are; any name is one if empty
 * @param refundAccount Whether the choice of a virtual account asks where a refund is to go
 * @param depositLimit most a virtual account takes, in won; 0 for as much as anybody pays
 * @param customMethods methods of the merchant's own, which its shop handles without Toss
 * @param unsupportedInTest easy-pay providers that take no test payments; documented for PAYCO
 */
@ConfigurationProperties("wonflow.sandbox.widget")
record WidgetSettings(
        @DefaultValue List<String> variantKeys,
        @DefaultValue("false") boolean refundAccount,
        @DefaultValue("0") long depositLimit,
        @DefaultValue List<Widget.CustomMethod> customMethods,
        @DefaultValue("PAYCO") List<EasyPayProvider> unsupportedInTest) {

    WidgetSettings {
        if (depositLimit < 0) {
            throw new IllegalArgumentException(
                    "wonflow.sandbox.widget.deposit-limit: " + depositLimit + " (expected: >= 0)");
        }
    }
}
