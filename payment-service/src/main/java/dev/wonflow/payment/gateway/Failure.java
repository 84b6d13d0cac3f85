package dev.wonflow.payment.gateway;

import dev.wonflow.payment.Text;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt took no money.
 *
 * @param code Toss's code, or one of ours; consumers accept codes they do not know
 * @param message Toss's text for the buyer, never parsed
 */
public record Failure(String code, @Nullable String message) {

    /** Code of a payment window or authentication that ran out. */
    public static final String EXPIRED = "EXPIRED";

    /** Code of an attempt with a payment window that was opened for something else than the order. */
    public static final String WINDOW_DIFFERS = "WINDOW_DIFFERS";

    private static final Pattern CODE = Pattern.compile("[A-Z][A-Z0-9_]{0,99}");
    private static final int MAX_MESSAGE = 510;

    /** Bends what has another form than Toss documents: it must not keep a payment from being settled. */
    public Failure {
        code = CODE.matcher(code).matches() ? code : "UNLISTED_CODE";
        message = Text.cut(message, MAX_MESSAGE);
    }
}
