package dev.wonflow.sandbox.payout.web;

import dev.wonflow.sandbox.error.Refused;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.exchange.web.JsonBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of an object in a request, read as kindly as {@link JsonBody} does. What is there and of another type is
 * refused.
 */
final class Fields {

    /** A hundred payouts with five times 540 Korean letters in each come to some 850 KB. */
    private static final int LONGEST_BODY = 1024 * 1024;

    /** Digits before and after the point; keeps a hostile exponent from becoming a very long number. */
    private static final int LONGEST_NUMBER = 40;

    private final JsonNode node;

    private Fields(JsonNode node) {
        this.node = node;
    }

    /**
     * Reads a body whatever content type it claims.
     *
     * @throws Refused if it is not JSON in UTF-8
     */
    static JsonNode body(HttpServletRequest request, JsonMapper json) throws IOException {
        byte[] bytes;
        try (InputStream in = request.getInputStream()) {
            bytes = in.readNBytes(LONGEST_BODY + 1);
        }
        if (bytes.length > LONGEST_BODY) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        try {
            return json.readTree(bytes);
        } catch (JacksonException _) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
    }

    static Fields of(JsonNode node) {
        if (!node.isObject() && !JsonBody.isEmptyList(node)) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        return new Fields(node);
    }

    /** Whether it is there, and be it null. */
    boolean has(String name) {
        return node.has(name);
    }

    /** A text, or a whole number in its place, that must be there; it can be empty. */
    String text(String name) {
        JsonNode member = member(name);
        if (member == null) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        return JsonBody.text(member);
    }

    /** A text that keeps its value where the request does not name it; it cannot be taken away. */
    String text(String name, String before) {
        return has(name) ? text(name) : before;
    }

    /** A text, or a whole number in its place, that may be missing, null or empty. */
    Optional<String> optionalText(String name) {
        return Optional.ofNullable(member(name)).map(JsonBody::text).filter(text -> !text.isEmpty());
    }

    Fields object(String name) {
        return optionalObject(name).orElseThrow(() -> new Refused(TossError.INVALID_REQUEST));
    }

    Optional<Fields> optionalObject(String name) {
        return Optional.ofNullable(member(name)).map(Fields::of);
    }

    /** Whole won: a number, with or without a fraction of zero, or the same as a string, as was seen to be accepted. */
    long won(String name) {
        JsonNode member = member(name);
        if (member == null || (!member.isNumber() && !member.isString())) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
        String digits = member.asString();
        try {
            BigDecimal amount = digits.length() > LONGEST_NUMBER ? BigDecimal.ZERO : new BigDecimal(digits);
            if (digits.length() > LONGEST_NUMBER
                    || !StandardCharsets.US_ASCII.newEncoder().canEncode(digits)
                    || Math.abs((long) amount.scale()) > LONGEST_NUMBER) {
                throw new Refused(TossError.INVALID_REQUEST);
            }
            return amount.longValueExact();
        } catch (ArithmeticException | NumberFormatException _) {
            throw new Refused(TossError.INVALID_REQUEST);
        }
    }

    <E extends Enum<E>> E constant(Class<E> type, String name) {
        String text = text(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(text)) {
                return constant;
            }
        }
        throw new Refused(TossError.INVALID_REQUEST);
    }

    @Nullable
    Map<String, String> metadata() {
        JsonNode member = member("metadata");
        if (member == null) {
            return null;
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        Fields fields = of(member);
        member.propertyNames().forEach(name -> {
            if (JsonBody.isBroken(name)) {
                throw new Refused(TossError.INVALID_REQUEST);
            }
            pairs.put(name, fields.text(name));
        });
        return pairs;
    }

    private @Nullable JsonNode member(String name) {
        JsonNode member = node.get(name);
        return member == null || member.isNull() ? null : member;
    }
}
