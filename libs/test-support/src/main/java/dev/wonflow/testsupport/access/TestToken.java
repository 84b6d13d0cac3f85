package dev.wonflow.testsupport.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.wonflow.runtime.SystemClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a token says. Each step answers another description; the last one signs it, rightly or wrongly. */
public final class TestToken {

    private static final Duration LIFE = Duration.ofMinutes(10);

    private final TokenIssuer issuer;
    private final Map<String, @Nullable Object> claims;
    private final @Nullable String type;
    private final @Nullable String keyId;

    TestToken(TokenIssuer issuer) {
        this(issuer, goodClaims(issuer), "at+jwt", issuer.key().getKeyID());
    }

    private TestToken(
            TokenIssuer issuer, Map<String, @Nullable Object> claims, @Nullable String type, @Nullable String keyId) {
        this.issuer = issuer;
        this.claims = claims;
        this.type = type;
        this.keyId = keyId;
    }

    private static Map<String, @Nullable Object> goodClaims(TokenIssuer issuer) {
        Instant now = now();
        Map<String, @Nullable Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer.uri());
        claims.put("aud", List.of("wonflow"));
        claims.put("sub", "test");
        claims.put("client_id", "test");
        claims.put("iat", Date.from(now));
        claims.put("exp", Date.from(now.plus(LIFE)));
        return claims;
    }

    public TestToken tenant(String tenant) {
        return with("tenant", tenant);
    }

    public TestToken permissions(String... permissions) {
        return with("permissions", List.of(permissions));
    }

    /** Sets any claim. */
    public TestToken with(String claim, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(claims);
        more.put(claim, value);
        return new TestToken(issuer, more, type, keyId);
    }

    public TestToken without(String claim) {
        Map<String, @Nullable Object> less = new LinkedHashMap<>(claims);
        less.remove(claim);
        return new TestToken(issuer, less, type, keyId);
    }

    /** Says how long ago it expired. */
    public TestToken expired(Duration ago) {
        Instant end = now().minus(ago);
        return with("iat", Date.from(end.minus(LIFE))).with("exp", Date.from(end));
    }

    /** Says how long it is until it counts. */
    public TestToken notBefore(Duration ahead) {
        return with("nbf", Date.from(now().plus(ahead)));
    }

    /** Sets what the header calls it; null names no kind. */
    public TestToken type(@Nullable String type) {
        return new TestToken(issuer, claims, type, keyId);
    }

    /** Names another key than the one that signs; null names none. */
    public TestToken keyId(@Nullable String keyId) {
        return new TestToken(issuer, claims, type, keyId);
    }

    /** Signs it as the issuer does. */
    public String signed() {
        return signedBy(issuer);
    }

    /** Signs it with the key of someone else, under the name of the issuer's. */
    public String signedBy(TokenIssuer other) {
        try {
            return sign(JWSAlgorithm.RS256, new RSASSASigner(other.key()));
        } catch (JOSEException e) {
            throw new IllegalStateException("token: not signed", e);
        }
    }

    /** Signs it with the issuer's public key, as if that were a secret both sides share. */
    public String signedWithThePublicKey() {
        try {
            RSAKey key = issuer.key();
            return sign(JWSAlgorithm.HS256, new MACSigner(key.toRSAPublicKey().getEncoded()));
        } catch (JOSEException e) {
            throw new IllegalStateException("token: not signed", e);
        }
    }

    /** Leaves it without a signature ({@code alg: none}). */
    public String unsigned() {
        return new PlainJWT(claimsSet()).serialize();
    }

    private String sign(JWSAlgorithm algorithm, JWSSigner signer) throws JOSEException {
        JWSHeader.Builder header = new JWSHeader.Builder(algorithm);
        if (type != null) {
            header.type(new JOSEObjectType(type));
        }
        if (keyId != null) {
            header.keyID(keyId);
        }
        SignedJWT token = new SignedJWT(header.build(), claimsSet());
        token.sign(signer);
        return token.serialize();
    }

    private JWTClaimsSet claimsSet() {
        JWTClaimsSet.Builder set = new JWTClaimsSet.Builder();
        claims.forEach(set::claim);
        return set.build();
    }

    private static Instant now() {
        return SystemClock.inSeoul().instant();
    }
}
