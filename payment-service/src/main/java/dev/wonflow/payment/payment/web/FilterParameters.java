package dev.wonflow.payment.payment.web;

import static dev.wonflow.web.InvalidRequest.checked;

import dev.wonflow.money.Money;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.Text;
import dev.wonflow.payment.payment.PaymentHistory;
import dev.wonflow.payment.payment.PaymentStatus;
import dev.wonflow.runtime.TenantId;
import dev.wonflow.web.InvalidRequest;
import dev.wonflow.web.statement.Field;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * Reads which payments a caller wants to see. A name nobody knows is refused: a filter that is mistyped and passed over
 * would show all payments.
 */
final class FilterParameters {

    /** Days are those of the merchant's books. */
    private static final ZoneId SEOUL = ZoneId.of("Asia/Seoul");

    private static final int MAX_CUSTOMER_KEY = 300;
    private static final int MAX_METHOD = 100;
    private static final Pattern WON = Pattern.compile("[0-9]{1,15}");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private static final Set<String> NAMES = Arrays.stream(Form.class.getRecordComponents())
            .map(RecordComponent::getName)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    private static final Set<String> OF_PAGES = Set.of("limit", "cursor");

    private final MultiValueMap<String, String> parameters;

    /**
     * The parameters there are, all of which have to fit a payment.
     *
     * @param from first day, in Seoul, on which the payment was opened
     * @param to last day, in Seoul, on which the payment was opened
     * @param method how it was paid, in Toss's words, such as {@code 카드}
     * @param customerKey the buyer's name towards Toss
     */
    record Form(
            @Field(format = "date", example = "2026-01-05") @Nullable
            String from,

            @Field(format = "date", example = "2026-01-31") @Nullable
            String to,

            @Field(words = PaymentStatus.class) @Nullable String status,
            @Field(max = MAX_METHOD) @Nullable String method,
            @Field(won = true, example = "33000") @Nullable Long amount,

            @Field(pattern = "[A-Za-z0-9_=-]{6,64}") @Nullable
            String orderId,

            @Field(max = MAX_CUSTOMER_KEY) @Nullable String customerKey) {}

    private FilterParameters(MultiValueMap<String, String> parameters) {
        this.parameters = parameters;
    }

    /**
     * Reads the filter of a page.
     *
     * @throws InvalidRequest saying which parameter is not as expected
     */
    static PaymentHistory.Filter ofPage(TenantId tenantId, MultiValueMap<String, String> parameters) {
        return of(tenantId, parameters, OF_PAGES);
    }

    /**
     * Reads the filter of a list that has no pages.
     *
     * @throws InvalidRequest saying which parameter is not as expected
     */
    static PaymentHistory.Filter ofWhole(TenantId tenantId, MultiValueMap<String, String> parameters) {
        return of(tenantId, parameters, Set.of());
    }

    private static PaymentHistory.Filter of(
            TenantId tenantId, MultiValueMap<String, String> parameters, Set<String> others) {
        for (String name : parameters.keySet()) {
            if (!NAMES.contains(name) && !others.contains(name)) {
                throw new InvalidRequest(Text.cut(name, MAX_METHOD) + ": no parameter of payments (expected: "
                        + String.join(", ", NAMES) + (others.isEmpty() ? "" : ", limit, cursor") + ")");
            }
        }
        return new FilterParameters(parameters).filter(tenantId);
    }

    private PaymentHistory.Filter filter(TenantId tenantId) {
        LocalDate from = read("from", FilterParameters::day);
        LocalDate to = read("to", FilterParameters::day);
        if (from != null && to != null && to.isBefore(from)) {
            throw new InvalidRequest("to: before from (expected: the same day or a later one)");
        }
        return new PaymentHistory.Filter(
                tenantId,
                from == null ? null : begin(from),
                to == null ? null : begin(to.plusDays(1)),
                read("status", FilterParameters::status),
                read("method", text -> Text.require("method", text, MAX_METHOD)),
                read("amount", FilterParameters::amount),
                read("orderId", OrderId::new),
                read("customerKey", text -> Text.require("customerKey", text, MAX_CUSTOMER_KEY)));
    }

    private <T> @Nullable T read(String name, Function<String, T> translation) {
        var values = parameters.get(name);
        if (values == null) {
            return null;
        }
        if (values.size() > 1) {
            throw new InvalidRequest(name + ": given " + values.size() + " times (expected: once)");
        }
        return checked(values.getFirst(), translation);
    }

    private static Instant begin(LocalDate day) {
        return day.atStartOfDay(SEOUL).toInstant();
    }

    private static LocalDate day(String text) {
        try {
            if (DAY.matcher(text).matches()) {
                return LocalDate.parse(text);
            }
        } catch (DateTimeParseException _) {
            // Such as February 30th.
        }
        throw new IllegalArgumentException("from, to: of another form (expected: a day in Seoul, such as 2026-01-05)");
    }

    private static PaymentStatus status(String text) {
        return Arrays.stream(PaymentStatus.values())
                .filter(status -> status.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("status: another one (expected: "
                        + Arrays.stream(PaymentStatus.values())
                                .map(PaymentStatus::text)
                                .collect(Collectors.joining(", "))
                        + ")"));
    }

    private static Money amount(String text) {
        if (!WON.matcher(text).matches()) {
            throw new IllegalArgumentException("amount: of another form (expected: whole won, such as 33000)");
        }
        return Money.ofWon(Long.parseLong(text));
    }
}
