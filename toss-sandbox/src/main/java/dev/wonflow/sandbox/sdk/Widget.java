package dev.wonflow.sandbox.sdk;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.institution.EasyPayProvider;
import dev.wonflow.sandbox.instrument.PaymentMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What the widgets show, and what they refuse where the window would not. */
@Component
public class Widget {

    private final WidgetSettings settings;

    Widget(WidgetSettings settings) {
        this.settings = settings;
    }

    /**
     * A method of the merchant's own (커스텀 결제수단): the widget shows it, and cannot pay by it.
     *
     * @param key what the shop hears when it is selected
     * @param name what the buyer reads
     */
    public record CustomMethod(String key, String name) {}

    /** Whether there is a variant of this name. */
    public boolean hasVariant(String key) {
        return settings.variantKeys().isEmpty() || settings.variantKeys().contains(key);
    }

    /** Whether a buyer who chooses a virtual account says where a refund is to go. */
    public boolean asksForRefundAccount() {
        return settings.refundAccount();
    }

    public List<CustomMethod> customMethods() {
        return settings.customMethods();
    }

    /**
     * Refuses what a buyer chose in the widget.
     *
     * @param easyPay null if it is none
     * @throws Refused if it takes no test payments, or not this much
     */
    public void check(PaymentMethod method, @Nullable EasyPayProvider easyPay, long amountMinor) {
        if (easyPay != null && settings.unsupportedInTest().contains(easyPay)) {
            throw new Refused(TossError.UNSUPPORTED_TEST_PHASE_PAYMENT_METHOD);
        }
        if (method == PaymentMethod.VIRTUAL_ACCOUNT
                && settings.depositLimit() > 0
                && amountMinor > settings.depositLimit()) {
            throw new Refused(TossError.EXCEED_DEPOSIT_AMOUNT_LIMIT);
        }
    }
}
