package dev.wonflow.payment.toss;

import dev.wonflow.payment.Merchant;
import dev.wonflow.payment.PaymentGateway;
import dev.wonflow.payment.ResolverProperties;
import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/** Connects the service with Toss, or refuses to start it. */
@Configuration(proxyBeanMethods = false)
class TossConfiguration {

    @Bean
    TossAccess tossAccess(Environment environment, TossProperties properties) {
        return TossAccess.from(environment, properties.acceptTestKeyInProduction());
    }

    @Bean
    Merchant merchant(TossAccess access) {
        return new Merchant(access.clientKey(), access.livemode());
    }

    @Bean
    PaymentGateway tossPaymentGateway(
            RestClient.Builder builder,
            TossAccess access,
            TossProperties properties,
            ResolverProperties resolver,
            JsonMapper json) {
        properties.requireShorterThan(resolver);
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(properties.connectTimeout())
                .build();
        RestClient.Builder toss = builder.clone()
                .baseUrl(access.baseUrl().toString())
                // The secret key is the user's name, and there is no password.
                .defaultHeaders(headers -> headers.setBasicAuth(access.secretKey(), ""));
        return new TossPaymentGateway(
                toss.clone()
                        .requestFactory(requests(http, properties.readTimeout()))
                        .build(),
                toss.clone()
                        .requestFactory(requests(http, properties.inquiryTimeout()))
                        .build(),
                json);
    }

    private static JdkClientHttpRequestFactory requests(HttpClient http, Duration readTimeout) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(readTimeout);
        return requests;
    }
}
