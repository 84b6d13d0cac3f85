package dev.wonflow.subscription.notice;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a notice is about. The code is in the event, in the database and in the names of templates. */
public enum NoticeKind {
    TRIAL_ENDING("trial-ending", NoticeData.TrialEnding.class),
    RENEWAL_UPCOMING("renewal-upcoming", NoticeData.RenewalUpcoming.class),
    /** The first failure of an invoice; the tenant keeps its plan meanwhile. */
    PAYMENT_FAILED("payment-failed", NoticeData.PaymentFailed.class),
    RETRY_UPCOMING("retry-upcoming", NoticeData.RetryUpcoming.class),
    /** No repeat will help: the method itself is no good any more. */
    NEW_CARD_NEEDED("new-card-needed", NoticeData.NewCardNeeded.class),
    RECOVERED("recovered", NoticeData.Recovered.class),
    RESTRICTED("restricted", NoticeData.Restricted.class),
    SUSPENDED("suspended", NoticeData.Suspended.class),
    CANCELED("canceled", NoticeData.Canceled.class),
    PRICE_CHANGE("price-change", NoticeData.PriceChange.class),
    PAID("paid", NoticeData.Paid.class),
    REFUNDED("refunded", NoticeData.Refunded.class);

    private final String code;

    private final Class<? extends NoticeData> data;

    NoticeKind(String code, Class<? extends NoticeData> data) {
        this.code = code;
        this.data = data;
    }

    static NoticeKind of(Class<? extends NoticeData> data) {
        return Arrays.stream(values())
                .filter(kind -> kind.data.equals(data))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(data + ": of no kind (expected: one)"));
    }

    /** The kind with that code, if this version knows it. */
    public static Optional<NoticeKind> find(String code) {
        return Arrays.stream(values()).filter(kind -> kind.code.equals(code)).findFirst();
    }

    public String code() {
        return code;
    }

    /** What a notice of this kind may say, by name. */
    public List<String> facts() {
        return Arrays.stream(data.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }
}
