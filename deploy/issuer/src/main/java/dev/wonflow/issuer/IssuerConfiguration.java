package dev.wonflow.issuer;

import static org.springframework.security.config.Customizer.withDefaults;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import dev.wonflow.issuer.web.GrantedScopes;
import dev.wonflow.issuer.web.RefusedRequest;
import dev.wonflow.issuer.web.SignInPages;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.security.oauth2.server.authorization.autoconfigure.servlet.OAuth2AuthorizationServerProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcLogoutAuthenticationProvider;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.StrictHttpFirewall;

/** Puts the issuer together. */
@Configuration(proxyBeanMethods = false)
class IssuerConfiguration {

    private static final String MANAGEMENT_ADDRESS = "management.server.address";

    private final People people = new People();

    /** Before anything listens: everything that says where it is must say this machine. */
    @Bean
    AuthorizationServerSettings authorizationServerSettings(
            ServerProperties server,
            Environment environment,
            OAuth2AuthorizationServerProperties oauth,
            IssuerProperties properties) {
        String issuer = oauth.getIssuer();
        if (issuer == null) {
            throw new IllegalStateException("spring.security.oauth2.authorizationserver.issuer: not set");
        }
        Loopback.requireListening("server.address", server.getAddress());
        if (ManagementPortType.get(environment) == ManagementPortType.DIFFERENT) {
            Loopback.requireListening(
                    MANAGEMENT_ADDRESS,
                    Binder.get(environment)
                            .bind(MANAGEMENT_ADDRESS, InetAddress.class)
                            .orElse(null));
        }
        Loopback.require(URI.create(issuer), properties.redirectUris());
        return AuthorizationServerSettings.builder().issuer(issuer).build();
    }

    @Bean
    UserDetailsService userDetailsService() {
        return people;
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return new PlainPasswords();
    }

    @Bean
    RegisteredClientRepository registeredClientRepository(IssuerProperties properties) {
        return new InMemoryRegisteredClientRepository(Clients.all(properties));
    }

    @Bean
    OAuth2AuthorizationService authorizationService() {
        return new RecentAuthorizations();
    }

    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> tokenClaims() {
        return new TokenClaims(people);
    }

    @Bean
    JWKSource<SecurityContext> jwkSource(IssuerProperties properties) {
        return new ImmutableJWKSet<>(new JWKSet(SigningKey.in(properties.keyFile())));
    }

    /** A name that some page elsewhere made to point at this machine is not ours. */
    @Bean
    HttpFirewall httpFirewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHostnames(Loopback::isLoopback);
        return firewall;
    }

    @Bean
    SecurityFilterChain securityFilterChain(HttpSecurity http, IssuerProperties properties) {
        PageOrigins pages = new PageOrigins(properties.redirectUris());
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(
                                "/actuator/health/**", "/error", "/issuer.css", SignInPages.SIGN_IN)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .oauth2AuthorizationServer(server -> server.oidc(openId -> openId.logoutEndpoint(
                                logout -> logout.authenticationProviders(providers -> signOut(providers, pages))))
                        .authorizationEndpoint(endpoint -> endpoint.errorResponseHandler(new RefusedRequest()))
                        .tokenEndpoint(endpoint -> endpoint.accessTokenResponseHandler(new GrantedScopes())))
                .oauth2ResourceServer(resources -> resources.jwt(withDefaults()))
                .formLogin(form -> form.loginPage(SignInPages.SIGN_IN)
                        .failureUrl(SignInPages.SIGN_IN + "?wrong")
                        .defaultSuccessUrl(SignInPages.SIGNED_IN))
                .logout(logout -> logout.logoutUrl(SignInPages.SIGN_OUT).logoutSuccessUrl(SignInPages.SIGN_IN + "?out"))
                .headers(headers -> headers.contentSecurityPolicy(policy ->
                        policy.policyDirectives("default-src 'none'; style-src 'self'; frame-ancestors 'none';"
                                // A sign-in ends with a redirect, which a browser holds to be the form's.
                                + " form-action 'self' " + pages.listed() + "; base-uri 'none'")))
                .build();
    }

    /** Pages name the one to come back to after a sign-out in full; on any port, as after a sign-in. */
    private static void signOut(List<AuthenticationProvider> providers, PageOrigins pages) {
        for (AuthenticationProvider provider : providers) {
            if (provider instanceof OidcLogoutAuthenticationProvider logout) {
                logout.setAuthenticationValidator(new SignOutTargets(pages));
            }
        }
    }
}
