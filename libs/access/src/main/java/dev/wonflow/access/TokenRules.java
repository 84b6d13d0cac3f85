package dev.wonflow.access;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

/**
 * Tells a good access token from everything else that is signed. Its life is judged by the machine's time and not by
 * the service's: the issuer knows nothing of a clock that was moved.
 */
final class TokenRules implements OAuth2TokenValidator<Jwt> {

    private static final OAuth2Error INVALID = new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST);
    private static final OAuth2Error EXPIRED = new OAuth2Error("expired");

    /** Claims of ID tokens (OpenID Connect Core 1.0, 2 and 3.3.2.11) that no access token needs. */
    private static final List<String> ONLY_IN_ID_TOKENS = List.of("nonce", "at_hash", "c_hash", "s_hash");

    /** What providers that name the kind in a claim call the others ({@code typ}, {@code token_use}). */
    private static final Set<String> OTHER_KINDS = Set.of("id", "refresh", "offline", "logout");

    private final OAuth2TokenValidator<Jwt> issuer;
    private final List<OAuth2TokenValidator<Jwt>> audiences;
    private final JwtTimestampValidator life;
    private final Duration skew;
    private final Clock clock;

    /**
     * Creates it.
     *
     * @param audiences of which one has to be the token's
     * @param clock of the machine
     */
    TokenRules(String issuer, List<String> audiences, Duration skew, Clock clock) {
        this.issuer = new JwtIssuerValidator(issuer);
        this.audiences = audiences.stream()
                .<OAuth2TokenValidator<Jwt>>map(JwtAudienceValidator::new)
                .toList();
        this.life = new JwtTimestampValidator(skew);
        this.life.setClock(clock);
        this.skew = skew;
        this.clock = clock;
    }

    /** Reads tokens that are signed with one of the keys and keep the rules. */
    JwtDecoder decoder(Set<JWSAlgorithm> algorithms, JWKSource<SecurityContext> keys) {
        DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
        // "JWT" or nothing for the many that do not follow RFC 9068; what names another kind is something else.
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(
                new JOSEObjectType("at+jwt"), new JOSEObjectType("application/at+jwt"), JOSEObjectType.JWT, null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(algorithms, keys));
        // The claims are looked at below.
        processor.setJWTClaimsSetVerifier((_, _) -> {});
        NimbusJwtDecoder decoder = new NimbusJwtDecoder(processor);
        decoder.setJwtValidator(this);
        return decoder;
    }

    /**
     * Reads names of algorithms.
     *
     * @throws IllegalStateException if one is none that a public key checks
     */
    static Set<JWSAlgorithm> algorithms(List<String> names) {
        return names.stream().map(TokenRules::algorithm).collect(Collectors.toUnmodifiableSet());
    }

    private static JWSAlgorithm algorithm(String name) {
        JWSAlgorithm algorithm = JWSAlgorithm.parse(name.strip());
        if (!JWSAlgorithm.Family.SIGNATURE.contains(algorithm)) {
            throw new IllegalStateException("spring.security.oauth2.resourceserver.jwt.jws-algorithms: " + name
                    + " (expected: algorithms with a public key, such as RS256 or ES256)");
        }
        return algorithm;
    }

    /** Whether nothing else was wrong with a token that was refused. */
    static boolean isExpired(AuthenticationException refused) {
        return refused.getCause() instanceof JwtValidationException rules
                && rules.getErrors().stream()
                        .allMatch(error -> EXPIRED.getErrorCode().equals(error.getErrorCode()));
    }

    @Override
    public OAuth2TokenValidatorResult validate(Jwt token) {
        Instant expiresAt = token.getExpiresAt();
        if (expiresAt == null
                || issuer.validate(token).hasErrors()
                || audiences.stream()
                        .allMatch(audience -> audience.validate(token).hasErrors())
                || token.getSubject() == null
                || token.getSubject().isBlank()
                || isOfAnotherKind(token)) {
            return OAuth2TokenValidatorResult.failure(INVALID);
        }
        if (!life.validate(token).hasErrors()) {
            return OAuth2TokenValidatorResult.success();
        }
        boolean expired = expiresAt.isBefore(clock.instant().minus(skew));
        return OAuth2TokenValidatorResult.failure(expired ? EXPIRED : INVALID);
    }

    private static boolean isOfAnotherKind(Jwt token) {
        return ONLY_IN_ID_TOKENS.stream().anyMatch(token::hasClaim)
                || Stream.of("typ", "token_use")
                        .map(token.getClaims()::get)
                        .anyMatch(kind ->
                                kind instanceof String text && OTHER_KINDS.contains(text.toLowerCase(Locale.ROOT)));
    }
}
