package dev.wonflow.webhook.messaging;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.wonflow.web.json.StrictUtf8;
import dev.wonflow.webhook.Refusal;
import dev.wonflow.webhook.WebhookRefused;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Takes the secrets out of a body and leaves every other byte as it came. Where a member {@code secret} was, its print
 * stands as {@code secretPrint}: it is recognised by those who have the secret, and leads nobody back to it.
 *
 * <p>Members are told by name, however deep they are and whatever event they are part of: new events appear without
 * notice.
 */
final class Prints {

    /** How prints are made, as a consumer has to know it; another way would be another number. */
    static final String VERSION = "1";

    /** What Toss's secrets are called. Each is of so much chance that no list of likely ones can be tried. */
    private static final Map<String, Secret> PRINTED = Map.of(
            "secret", new Secret("secretPrint", "wonflow webhook secret 1:"),
            "billingkey", new Secret("billingKeyPrint", "wonflow billing key 1:"));

    /**
     * What else stays out of the topic: secrets by other names, and prints, for one that a caller sends us would be
     * taken for one that was made here.
     */
    private static final Pattern WITHHELD =
            Pattern.compile(".*(secret|password|token|(billing|auth|secret|security)key)|(secret|billingkey)print");

    private static final Pattern PUNCTUATION = Pattern.compile("[^\\p{L}\\p{N}]");

    private final JsonFactory json =
            JsonFactory.builder().inputDecorator(new StrictUtf8()).build();

    private record Secret(String printedAs, String purpose) {

        private String member(String print) {
            return "\"" + printedAs + "\":\"" + print + "\"";
        }
    }

    /** Other bytes instead of those from {@code begin} on and before {@code end}. */
    private record Change(int begin, int end, String instead) {}

    /**
     * Answers the body without its secrets.
     *
     * @throws WebhookRefused with {@link Refusal#NOT_JSON} if it cannot be read, so that nobody knows what it holds
     */
    byte[] inPlaceOfSecrets(byte[] body) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(body.length + 128);
        int copied = 0;
        try (JsonParser parser = json.createParser(ObjectReadContext.empty(), body)) {
            while (parser.nextToken() != null) {
                Change change = parser.currentToken() == JsonToken.PROPERTY_NAME ? change(parser) : null;
                if (change != null) {
                    kept.write(body, copied, change.begin() - copied);
                    kept.writeBytes(change.instead().getBytes(UTF_8));
                    copied = change.end();
                }
            }
        } catch (JacksonException _) {
            // Without the cause: its message can show parts of the body.
            throw new WebhookRefused(Refusal.NOT_JSON, "body: not readable as JSON (expected: one JSON value)");
        }
        if (copied == 0) {
            return body;
        }
        kept.write(body, copied, body.length - copied);
        return kept.toByteArray();
    }

    /** What has to become of the member whose name the parser has come to, and {@code null} if it may stay. */
    private static @Nullable Change change(JsonParser parser) {
        int begin = offset(parser.currentTokenLocation());
        String name = PUNCTUATION
                .matcher(parser.currentName().toLowerCase(Locale.ROOT))
                .replaceAll("");
        Secret secret = PRINTED.get(name);
        if (secret == null && !WITHHELD.matcher(name).matches()) {
            return null;
        }
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_NULL || (value == JsonToken.VALUE_STRING && parser.getStringLength() == 0)) {
            return null;
        }
        if (secret != null && value == JsonToken.VALUE_STRING) {
            String print = print(secret.purpose() + parser.getString());
            return new Change(begin, offset(parser.currentLocation()), secret.member(print));
        }
        int beginOfValue = offset(parser.currentTokenLocation());
        parser.skipChildren();
        parser.finishToken();
        return new Change(beginOfValue, offset(parser.currentLocation()), "null");
    }

    private static String print(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A body is far shorter than an {@code int} counts. */
    private static int offset(TokenStreamLocation location) {
        return (int) location.getByteOffset();
    }
}
