package dev.wonflow.sandbox.billing;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.merchant.Merchants;
import dev.wonflow.sandbox.merchant.ReturnAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * A buyer agrees in the billing window to be charged again and again. Where an answer is the address the browser goes
 * to next, it is empty if there is no such visit.
 */
@Component
public class AuthorizeBilling {

    private final BillingAuthorizations authorizations;
    private final Merchants merchants;
    private final BillingKeyMint mint;
    private final BillingSettings settings;
    private final Assumptions assumptions;
    private final Clock clock;

    AuthorizeBilling(
            BillingAuthorizations authorizations,
            Merchants merchants,
            BillingKeyMint mint,
            BillingSettings settings,
            Assumptions assumptions,
            Clock clock) {
        this.authorizations = authorizations;
        this.merchants = merchants;
        this.mint = mint;
        this.settings = settings;
        this.assumptions = assumptions;
        this.clock = clock;
    }

    /**
     * What the merchant's page asks for.
     *
     * @param successUrl where the buyer is sent with {@code customerKey} and {@code authKey}
     * @param failUrl where the buyer is sent with {@code code} and {@code message}; never with an order id
     */
    public record Request(String customerKey, BillingMethod method, String successUrl, String failUrl) {}

    /**
     * Opens the billing window.
     *
     * @throws Refused if the client key is unknown or of the widget family, the customer key is none that can be
     *     charged, or an address is not complete
     */
    public BillingAuthorization start(String clientKey, Request request) {
        KeyPair keys = withClientKey(clientKey);
        CustomerKeys.checkInWindow(request.customerKey());
        if (!ReturnAddress.isWebAddress(request.successUrl())) {
            throw new Refused(TossError.INCORRECT_SUCCESS_URL_FORMAT);
        }
        if (!ReturnAddress.isWebAddress(request.failUrl())) {
            throw new Refused(TossError.INCORRECT_FAIL_URL_FORMAT);
        }
        BillingAuthorization visit = new BillingAuthorization(
                mint.authorizationId(),
                keys.clientKey(),
                request.customerKey(),
                request.method(),
                request.successUrl(),
                request.failUrl(),
                clock.instant().plus(settings.authenticateWithin()),
                null);
        authorizations.add(visit);
        return visit;
    }

    public Optional<BillingAuthorization> find(String id) {
        return authorizations.find(id);
    }

    /**
     * Agrees with the card, or the account, the buyer has at hand; otherwise as {@link #approve(String, CardDetails)}.
     */
    public Optional<String> approve(String id) {
        return approve(id, CardDetails.ofTheBuyer(clock.instant()));
    }

    /**
     * Agrees with a card of choice; a visit about an account does not look at it. Agreeing twice leads to the same
     * address.
     *
     * @throws Refused if the card is none, has expired, or gets no billing key
     * @throws BillingWindowClosed if the buyer took too long
     */
    public Optional<String> approve(String id, CardDetails card) {
        Instant now = clock.instant();
        return authorizations
                .change(id, visit -> {
                    if (visit.authKey() != null) {
                        return visit;
                    }
                    if (!visit.isOpen(now)) {
                        throw new BillingWindowClosed(visit);
                    }
                    return visit.agreed(newAuthKey(visit.clientKey(), visit.customerKey(), visit.method(), card, now));
                })
                .map(AuthorizeBilling::agreed);
    }

    /** Has the authentication declined. The buyer is sent away; the visit itself is as it was. */
    public Optional<String> decline(String id, TossError why, Locale locale) {
        return authorizations.find(id).map(visit -> failed(visit, why, locale));
    }

    /** Gives up. */
    public Optional<String> cancel(String id, Locale locale) {
        return decline(id, TossError.PAY_PROCESS_CANCELED, locale);
    }

    /**
     * Agrees without a window, for tests that have no browser.
     *
     * @param clientKey null for the first pair of keys that can bill
     * @param card null for a card that issues and charges
     * @return the authKey
     * @throws Refused as {@link #start} and {@link #approve(String, CardDetails)}
     */
    public String agree(
            @Nullable String clientKey, String customerKey, BillingMethod method, @Nullable CardDetails card) {
        KeyPair keys = clientKey == null
                ? merchants.firstBeyondWidgets().orElseThrow(() -> new Refused(TossError.INVALID_CLIENT_KEY))
                : withClientKey(clientKey);
        CustomerKeys.checkInWindow(customerKey);
        Instant now = clock.instant();
        return newAuthKey(
                keys.clientKey(), customerKey, method, card == null ? CardDetails.ofTheBuyer(now) : card, now);
    }

    /** Keys of the widget family do not bill. */
    private KeyPair withClientKey(String clientKey) {
        return merchants
                .withClientKey(clientKey)
                .filter(keys -> !keys.isOfWidget())
                .orElseThrow(() -> new Refused(TossError.INVALID_CLIENT_KEY));
    }

    private String newAuthKey(
            String clientKey, String customerKey, BillingMethod method, CardDetails card, Instant now) {
        AuthKey authKey = new AuthKey(
                mint.authKey(),
                clientKey,
                customerKey,
                method,
                method == BillingMethod.CARD ? card.checked(now, assumptions.cardNumbersByBin()) : null,
                method == BillingMethod.TRANSFER ? BillingAccount.ofTheBuyer() : null,
                now.plus(settings.authKeyLifetime()),
                false);
        authorizations.add(authKey);
        return authKey.authKey();
    }

    private static String agreed(BillingAuthorization visit) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("customerKey", visit.customerKey());
        parameters.put("authKey", String.valueOf(visit.authKey()));
        return ReturnAddress.with(visit.successUrl(), parameters);
    }

    private static String failed(BillingAuthorization visit, TossError why, Locale locale) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("code", why.name());
        parameters.put("message", why.message(locale));
        return ReturnAddress.with(visit.failUrl(), parameters);
    }
}
