package dev.wonflow.sandbox.exchange.web;

import dev.wonflow.sandbox.currency.Currency;
import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON request read the way Toss reads it: numbers may be texts and texts whole numbers, and an empty text is as good
 * as none where nothing has to be said.
 */
public final class JsonBody {

    /** No request of Toss comes near it. */
    private static final int LONGEST_BODY = 256 * 1024;

    /** Digits before and after the point; keeps a hostile exponent from becoming a very long number. */
    private static final int LONGEST_NUMBER = 40;

    private final JsonNode root;

    private JsonBody(JsonNode root) {
        this.root = root;
    }

    /**
     * Reads a body whatever content type it claims.
     *
     * @throws Refused if it is not a JSON object in UTF-8
     */
    public static JsonBody of(HttpServletRequest request, JsonMapper json) throws IOException {
        byte[] bytes;
        try (InputStream in = request.getInputStream()) {
            bytes = in.readNBytes(LONGEST_BODY + 1);
        }
        if (bytes.length > LONGEST_BODY) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        try {
            return of(json.readTree(bytes));
        } catch (JacksonException _) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
    }

    /** An object; what PHP makes of one without members, an empty list, is as good. */
    private static JsonBody of(JsonNode node) {
        if (!node.isObject() && !isEmptyList(node)) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        return new JsonBody(node);
    }

    /** Whether it is a list of nothing. */
    public static boolean isEmptyList(JsonNode node) {
        return node.isArray() && node.isEmpty();
    }

    /** A text, or a whole number in its place, that must be there; it can be empty. */
    public String text(String name) {
        return textOrNone(name).orElseThrow(() -> new Refused(TossError.INVALID_REQUEST));
    }

    /** A text that must be there, and that no number can stand for. */
    public String strictText(String name) {
        JsonNode node = member(name);
        if (node == null || !node.isString()) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        return text(node);
    }

    /** A text, or a whole number in its place, that may be missing, null or empty. */
    public Optional<String> optionalText(String name) {
        return textOrNone(name).filter(text -> !text.isEmpty());
    }

    private Optional<String> textOrNone(String name) {
        return Optional.ofNullable(member(name)).map(JsonBody::text);
    }

    /**
     * The text of a node, which may be a whole number.
     *
     * @throws Refused if it is anything else, or holds half of a character
     */
    public static String text(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.asString();
        }
        if (!node.isString() || isBroken(node.stringValue())) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        return node.stringValue();
    }

    /** Whether it holds half of a character: JSON can spell that, and no answer in UTF-8 could say it again. */
    public static boolean isBroken(String text) {
        return !StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /**
     * An amount of won: a whole number, or the same as a text, since official samples pass on what a URL gave them; an
     * empty text is none.
     */
    public Optional<Long> won(String name) {
        return amount(name, Currency.KRW);
    }

    /** An amount in the minor unit of its currency: as {@link #won}, and with cents where there are any. */
    public Optional<Long> amount(String name, Currency in) {
        JsonNode node = member(name);
        if (node == null || isEmptyText(node)) {
            return Optional.empty();
        }
        if (!node.isNumber() && !node.isString()) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        String digits = node.asString();
        try {
            // Java would read the digits of any script.
            if (digits.length() > LONGEST_NUMBER
                    || !StandardCharsets.US_ASCII.newEncoder().canEncode(digits)) {
                throw new Refused(TossError.INVALID_REQUEST);
            }
            BigDecimal amount = new BigDecimal(digits);
            if (Math.abs((long) amount.scale()) > LONGEST_NUMBER) {
                throw new Refused(TossError.INVALID_REQUEST);
            }
            return Optional.of(in.units(amount));
        } catch (ArithmeticException | NumberFormatException _) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
    }

    /** A whole number, as lenient as an amount; absent is the fallback. */
    public int number(String name, int fallback) {
        long number = won(name).orElse((long) fallback);
        if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        return (int) number;
    }

    /** True or false, as a text or as 1 or 0, too; absent or an empty text is false. */
    public boolean flag(String name) {
        JsonNode node = member(name);
        if (node == null) {
            return false;
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return switch (text(node).toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0", "" -> false;
            default -> throw new Refused(TossError.INVALID_REQUEST);
        };
    }

    /** An object inside this one, that may be missing or null. */
    public Optional<JsonBody> object(String name) {
        return Optional.ofNullable(member(name)).map(JsonBody::of);
    }

    /** The objects of an array that may be missing or null, which is as good as empty. */
    public List<JsonBody> objects(String name) {
        JsonNode node = member(name);
        if (node == null) {
            return List.of();
        }
        if (!node.isArray() || !node.valueStream().allMatch(JsonNode::isObject)) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        return node.valueStream().map(JsonBody::new).toList();
    }

    /** An object of texts, in its order; null if it is missing or null. */
    public @Nullable Map<String, String> texts(String name) {
        Optional<JsonBody> object = object(name);
        if (object.isEmpty()) {
            return null;
        }
        Map<String, String> texts = new LinkedHashMap<>();
        object.get().root.propertyNames().forEach(key -> {
            if (isBroken(key)) {
                throw new Refused(TossError.INVALID_REQUEST);
            }
            texts.put(key, object.get().text(key));
        });
        return texts;
    }

    private static boolean isEmptyText(JsonNode node) {
        return node.isString() && node.stringValue().isEmpty();
    }

    private @Nullable JsonNode member(String name) {
        JsonNode node = root.get(name);
        return node == null || node.isNull() ? null : node;
    }
}
