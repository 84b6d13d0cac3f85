package dev.wonflow.access;

import dev.wonflow.runtime.SystemClock;
import jakarta.servlet.DispatcherType;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.task.VirtualThreadTaskExecutor;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** Asks every caller for a token. There is no setting that does without. */
@AutoConfiguration(
        beforeName = {
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerAutoConfiguration",
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.servlet.OAuth2ResourceServerAutoConfiguration",
            "org.springframework.boot.security.oauth2.server.resource.autoconfigure.web.OAuth2ResourceServerWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@EnableConfigurationProperties({AccessProperties.class, OAuth2ResourceServerProperties.class})
public final class AccessAutoConfiguration {

    private static final List<String> AUDIENCE = List.of("wonflow");

    @Bean
    JwtDecoder jwtDecoder(
            OAuth2ResourceServerProperties provider, AccessProperties settings, ConfigurableEnvironment environment) {
        OAuth2ResourceServerProperties.Jwt jwt = provider.getJwt();
        TrustedIssuer issuer = TrustedIssuer.of(jwt, environment);
        IssuerKeys keys = new IssuerKeys(
                new IssuerDocuments(issuer),
                settings.keysFresh(),
                settings.keysGrace(),
                System::nanoTime,
                new VirtualThreadTaskExecutor("issuer-keys-"));
        List<String> audiences = jwt.getAudiences().isEmpty() ? AUDIENCE : jwt.getAudiences();
        return new TokenRules(issuer.uri().toString(), audiences, settings.clockSkew(), SystemClock.inSeoul())
                .decoder(TokenRules.algorithms(jwt.getJwsAlgorithms()), keys);
    }

    @Bean
    AccessProblems accessProblems(JsonMapper json) {
        return new AccessProblems(json);
    }

    @Bean
    Routes accessRoutes(ObjectProvider<HandlerMapping> mappings) {
        return new Routes(mappings);
    }

    @Bean
    StatedRoutes statedRoutes(ObjectProvider<RequestMappingHandlerMapping> mappings) {
        return new StatedRoutes(mappings);
    }

    /** Open routes look at no token: a sender who is not ours may send whatever it likes in that header. */
    @Bean
    @Order(1)
    SecurityFilterChain openRoutes(HttpSecurity http, Routes routes, AccessProblems problems) throws Exception {
        return stateless(http, problems)
                .securityMatcher(request -> request.getDispatcherType() == DispatcherType.REQUEST
                        && routes.of(request) instanceof Route.Open)
                .authorizeHttpRequests(rules -> rules.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain allOtherRoutes(HttpSecurity http, Routes routes, AccessProblems problems, JwtDecoder tokens)
            throws Exception {
        BearerTokenAuthenticationFilter signIn = new BearerTokenAuthenticationFilter(callers(tokens));
        signIn.setAuthenticationEntryPoint(problems);
        return stateless(http, problems)
                .addFilter(signIn)
                .authorizeHttpRequests(rules -> rules.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .access(new RouteAccess(routes)))
                .build();
    }

    /** No session, no cookie, no page, and so nothing a foreign site could make a browser do. */
    private static HttpSecurity stateless(HttpSecurity http, AccessProblems problems) throws Exception {
        return http.csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(problems).accessDeniedHandler(problems));
    }

    private static AuthenticationManager callers(JwtDecoder tokens) {
        JwtAuthenticationProvider provider = new JwtAuthenticationProvider(tokens);
        provider.setJwtAuthenticationConverter(
                token -> new JwtAuthenticationToken(token, AccessToken.permissions(token), AccessToken.subject(token)));
        return token -> {
            try {
                return provider.authenticate(token);
            } catch (AuthenticationServiceException e) {
                throw new KeysAway(e);
            }
        };
    }

    /** Every request would be timed three times more. */
    @Bean
    SecurityObservationSettings noSecurityObservations() {
        return SecurityObservationSettings.noObservations();
    }

    @Bean
    WebMvcConfigurer callerParameter() {
        return new WebMvcConfigurer() {
            @Override
            public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                resolvers.add(new CallerParameter());
            }
        };
    }
}
