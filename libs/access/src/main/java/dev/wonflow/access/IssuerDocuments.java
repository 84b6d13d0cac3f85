package dev.wonflow.access;

import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.text.ParseException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an OpenID provider publishes about itself: where its keys are (OpenID Connect Discovery 1.0), and the keys. */
final class IssuerDocuments implements IssuerKeys.Source {

    private static final int CONNECT_MILLIS = 1_000;
    private static final int READ_MILLIS = 1_500;

    /** Far more than a handful of keys with certificates. */
    private static final int MAX_BYTES = 256 * 1024;

    private static final String DISCOVERY = "/.well-known/openid-configuration";

    private final TrustedIssuer issuer;
    private final DefaultResourceRetriever http = new DirectRetriever();
    private volatile @Nullable URI keys;

    IssuerDocuments(TrustedIssuer issuer) {
        this.issuer = issuer;
        this.keys = issuer.keys();
    }

    @Override
    public JWKSet fetch() throws IOException {
        URI known = keys;
        URI from = known == null ? discover() : known;
        // Found again where it fails: an issuer may move its keys.
        keys = issuer.keys();
        try {
            JWKSet found = JWKSet.parse(read(from));
            if (found.getKeys().stream().noneMatch(IssuerDocuments::signs)) {
                // An issuer without one is broken, and what we hold is better than nothing.
                throw new IOException(from + ": no key that signs (expected: one or more)");
            }
            keys = from;
            return found;
        } catch (ParseException | IllegalArgumentException e) {
            throw new IOException(from + ": no set of keys", e);
        }
    }

    private static boolean signs(JWK key) {
        return key instanceof AsymmetricJWK && (key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse()));
    }

    private URI discover() throws IOException {
        String root = issuer.uri().toString();
        URI document = URI.create((root.endsWith("/") ? root.substring(0, root.length() - 1) : root) + DISCOVERY);
        try {
            Map<String, Object> found = JSONObjectUtils.parse(read(document));
            if (!root.equals(found.get("issuer"))) {
                throw new IOException(document + ": of another issuer (expected: " + root + ")");
            }
            return TrustedIssuer.fit("jwks_uri of " + document, String.valueOf(found.get("jwks_uri")));
        } catch (ParseException | IllegalArgumentException | IssuerUnusable e) {
            throw new IOException(document + ": not usable: " + e.getMessage(), e);
        }
    }

    private String read(URI document) throws IOException {
        return http.retrieveResource(document.toURL()).getContent();
    }

    /** Follows no redirect: it would lead past the rule of where an issuer may be. */
    private static final class DirectRetriever extends DefaultResourceRetriever {

        DirectRetriever() {
            super(CONNECT_MILLIS, READ_MILLIS, MAX_BYTES);
        }

        @Override
        protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
            HttpURLConnection connection = super.openHTTPConnection(url);
            connection.setInstanceFollowRedirects(false);
            return connection;
        }
    }
}
