package dev.wonflow.sandbox.window.web;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.web.JsonBody;
import dev.wonflow.sandbox.institution.CardCompany;
import dev.wonflow.sandbox.institution.EasyPayProvider;
import dev.wonflow.sandbox.sdk.Opening;
import java.util.Optional;

/** What a session opened by a server leaves to the buyer: {@code flowMode}, {@code cardCompany}, {@code easyPay}. */
final class FlowMode {

    private FlowMode() {}

    /**
     * Reads what the window may offer. Outside of the direct flow an easy-pay provider is ignored, as is documented.
     *
     * @throws Refused if a direct flow leads to nobody, or nobody has the name
     */
    static Opening.CardTerms read(JsonBody body) {
        Optional<CardCompany> company = body.optionalText("cardCompany")
                .map(name -> CardCompany.named(name).orElseThrow(() -> new Refused(TossError.INVALID_CARD_COMPANY)));
        Optional<EasyPayProvider> easyPay = body.optionalText("easyPay")
                .map(name -> EasyPayProvider.named(name)
                        .filter(provider -> !provider.isOverseas())
                        .orElseThrow(() -> new Refused(TossError.INVALID_EASY_PAY)));
        boolean direct = isDirect(body.optionalText("flowMode").orElse("DEFAULT"));
        if (direct && company.isEmpty() && easyPay.isEmpty()) {
            throw new Refused(TossError.INVALID_FLOW_MODE_PARAMETERS);
        }
        return new Opening.CardTerms(
                company.orElse(null), easyPay.filter(_ -> direct).orElse(null), null, null, 0, null);
    }

    private static boolean isDirect(String flowMode) {
        return switch (flowMode) {
            case "DIRECT" -> true;
            case "DEFAULT" -> false;
            default -> throw new Refused(TossError.INVALID_FLOW_MODE_PARAMETERS);
        };
    }
}
