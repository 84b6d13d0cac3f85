package dev.wonflow.payment.gateway.toss;

import dev.wonflow.runtime.AliasedVariable;
import dev.wonflow.runtime.StartRefused;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.core.env.PropertyResolver;

/**
 * Where Toss is and who we are there. Cannot be made from keys or addresses that do not belong to the stage, so that no
 * service ever starts with them.
 *
 * @param secretKey the server's key; never printed
 * @param clientKey the browser's key; public
 */
record TossAccess(URI baseUrl, String secretKey, String clientKey) {

    static final AliasedVariable SECRET_KEY = new AliasedVariable("TOSS_SECRET_KEY", "TOSS_PAYMENTS_SECRET_KEY");
    static final AliasedVariable CLIENT_KEY =
            new AliasedVariable("TOSS_CLIENT_KEY", "NEXT_PUBLIC_TOSS_PAYMENTS_CLIENT_KEY");

    private static final String BASE_URL = "TOSS_API_BASE_URL";
    private static final String TOSS = "https://api.tosspayments.com";
    private static final String STAGE = "wonflow.stage";
    private static final String STAGES = "local, preview or production (WONFLOW_STAGE)";

    private static final Pattern SECRET_SHAPE = Pattern.compile("(test|live)_(g?)sk_\\S{1,200}");
    private static final Pattern CLIENT_SHAPE = Pattern.compile("(test|live)_(g?)ck_\\S{1,200}");
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");

    /**
     * Reads the environment.
     *
     * @throws StartRefused if something is missing or does not fit the stage; the message shows no key
     */
    static TossAccess from(PropertyResolver environment, boolean acceptTestKeyInProduction) {
        String secretKey;
        String clientKey;
        try {
            secretKey = SECRET_KEY.require(environment);
            clientKey = CLIENT_KEY.require(environment);
        } catch (StartRefused e) {
            throw new StartRefused(
                    String.valueOf(e.getMessage()), "Set it to a key of the Toss developer center, in one place only.");
        }
        URI baseUrl = address(environment.getProperty(BASE_URL, TOSS));
        Stage stage = stage(environment.getProperty(STAGE, ""), baseUrl);
        return checked(stage, baseUrl, secretKey, clientKey, acceptTestKeyInProduction);
    }

    static TossAccess checked(
            Stage stage, URI baseUrl, String secretKey, String clientKey, boolean acceptTestKeyInProduction) {
        Matcher secret = SECRET_SHAPE.matcher(secretKey);
        if (!secret.matches()) {
            throw new StartRefused(
                    SECRET_KEY.name() + ": not a secret key (expected: test_sk_, live_sk_, test_gsk_ or live_gsk_ …)",
                    "Copy the secret key, not the client or security key, from the Toss developer center.");
        }
        Matcher client = CLIENT_SHAPE.matcher(clientKey);
        if (!client.matches()) {
            throw new StartRefused(
                    CLIENT_KEY.name() + ": not a client key (expected: test_ck_, live_ck_, test_gck_ or live_gck_ …)",
                    "Copy the client key from the Toss developer center.");
        }
        if (!secret.group(1).equals(client.group(1)) || !secret.group(2).equals(client.group(2))) {
            throw new StartRefused(
                    SECRET_KEY.name() + " and " + CLIENT_KEY.name() + ": not a pair (expected: both test or both live,"
                            + " and both of the widget or both of the payment window)",
                    "Take both keys from the same row of the Toss developer center.");
        }
        boolean live = secret.group(1).equals("live");
        if (live && stage != Stage.PRODUCTION) {
            throw new StartRefused(
                    SECRET_KEY.name() + ": a live key in stage " + name(stage) + " (expected: a test key)",
                    "Use a test key here, or set WONFLOW_STAGE=production where real buyers pay.");
        }
        if (!live && stage == Stage.PRODUCTION && !acceptTestKeyInProduction) {
            throw new StartRefused(
                    SECRET_KEY.name() + ": a test key in stage production, where orders would count as paid although"
                            + " nobody pays (expected: a live key)",
                    "Use a live key; to start production on a test key on purpose, set"
                            + " WONFLOW_TOSS_ACCEPTTESTKEYINPRODUCTION=true.");
        }
        if (stage == Stage.PRODUCTION && !baseUrl.equals(URI.create(TOSS))) {
            throw new StartRefused(
                    BASE_URL + ": " + baseUrl + " in stage production (expected: " + TOSS + ")",
                    "Remove " + BASE_URL + ", or set WONFLOW_STAGE to the stage this is.");
        }
        if (!baseUrl.getScheme().equals("https") && !isLoopback(baseUrl)) {
            throw new StartRefused(
                    BASE_URL + ": " + baseUrl
                            + " would send the secret key in clear (expected: https, or this machine)",
                    "Use an https address.");
        }
        return new TossAccess(baseUrl, secretKey, clientKey);
    }

    /** Whether real money moves. */
    boolean livemode() {
        return secretKey.startsWith("live_");
    }

    private static URI address(String text) {
        try {
            URI address = URI.create(text.strip().replaceAll("/+$", ""));
            boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
            if (web && address.getHost() != null && address.getRawUserInfo() == null) {
                return address;
            }
        } catch (IllegalArgumentException _) {
            // Said below, in the same words as for any other text that is no address.
        }
        throw new StartRefused(
                BASE_URL + ": not a web address (expected: such as " + TOSS + ")",
                "Correct or remove " + BASE_URL + ".");
    }

    /** An unnamed stage can only be a developer's machine, and only if Toss is on it too. */
    private static Stage stage(String text, URI baseUrl) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "local" -> Stage.LOCAL;
            case "preview" -> Stage.PREVIEW;
            case "production" -> Stage.PRODUCTION;
            case "" -> {
                if (!isLoopback(baseUrl)) {
                    throw new StartRefused(
                            STAGE + ": not set, and Toss is not on this machine (expected: " + STAGES + ")",
                            "Say where the service runs: WONFLOW_STAGE=production where real buyers pay.");
                }
                yield Stage.LOCAL;
            }
            default ->
                throw new StartRefused(STAGE + ": " + text + " (expected: " + STAGES + ")", "Correct WONFLOW_STAGE.");
        };
    }

    private static boolean isLoopback(URI address) {
        return LOOPBACK.contains(address.getHost());
    }

    private static String name(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return "TossAccess[baseUrl=" + baseUrl + ", secretKey=***, clientKey=" + clientKey + "]";
    }
}
