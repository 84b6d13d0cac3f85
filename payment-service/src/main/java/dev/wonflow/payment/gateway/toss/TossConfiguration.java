package dev.wonflow.payment.gateway.toss;

import dev.wonflow.payment.gateway.AccountSeal;
import dev.wonflow.payment.gateway.BillingGateway;
import dev.wonflow.payment.gateway.BuyerSeal;
import dev.wonflow.payment.gateway.CallLimits;
import dev.wonflow.payment.gateway.CallRoom;
import dev.wonflow.payment.gateway.Merchant;
import dev.wonflow.payment.gateway.Operation;
import dev.wonflow.payment.gateway.PaymentGateway;
import dev.wonflow.payment.gateway.ReceiptGateway;
import dev.wonflow.payment.gateway.books.TossBooks;
import dev.wonflow.payment.gateway.quota.TossQuota;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/** Connects the service with Toss, or refuses to start it. */
@Configuration(proxyBeanMethods = false)
class TossConfiguration {

    private static final Logger log = LoggerFactory.getLogger(TossConfiguration.class);

    @Bean
    TossAccess tossAccess(Environment environment, TossProperties properties) {
        return TossAccess.from(environment, properties.acceptTestKeyInProduction());
    }

    @Bean
    Merchant merchant(TossAccess access) {
        return new Merchant(access.clientKey(), access.livemode());
    }

    @Bean
    AccountSeal accountSeal(TossAccess access, SecureRandom random, JsonMapper json) {
        return new KeyedAccountSeal(access.secretKey(), random, json);
    }

    @Bean
    BuyerSeal buyerSeal(TossAccess access, SecureRandom random, JsonMapper json) {
        return new KeyedBuyerSeal(access.secretKey(), random, json);
    }

    @Bean
    CallLimits callLimits(TossProperties properties) {
        return properties.callLimits();
    }

    @Bean
    CallRoom callRoom(TossProperties properties, MeterRegistry meters) {
        CallRoom room = properties.callRoom();
        for (Operation operation : Operation.values()) {
            String name = operation.name().toLowerCase(Locale.ROOT);
            Gauge.builder("wonflow.toss.calls", () -> room.inFlight(operation))
                    .tag("operation", name)
                    .description("Calls to Toss that are not answered yet")
                    .register(meters);
            FunctionCounter.builder("wonflow.toss.calls.refused", room, all -> all.refused(operation))
                    .tag("operation", name)
                    .description("Callers sent away because as many as may were waiting for Toss")
                    .register(meters);
        }
        return room;
    }

    @Bean
    PaymentGateway tossPaymentGateway(
            RestClient.Builder builder,
            TossAccess access,
            TossProperties properties,
            TossQuota quota,
            CallRoom room,
            JsonMapper json,
            MeterRegistry meters,
            Clock clock) {
        HttpClient http = http(properties);
        RestClient.Builder toss = toss(builder, access, quota);
        RestClient.Builder counted = counted(toss, quota);
        return new TossPaymentGateway(
                counted.clone()
                        .requestFactory(requests(http, properties.readTimeout()))
                        .build(),
                counted.clone()
                        .requestFactory(requests(http, properties.cancelTimeout()))
                        .build(),
                toss.clone()
                        .requestFactory(requests(http, properties.inquiryTimeout()))
                        .build(),
                counted.clone()
                        .requestFactory(requests(http, properties.inquiryTimeout()))
                        .build(),
                new TossCalls(json, room),
                new ConfirmAge(meters, clock));
    }

    /** With connections of its own, so that no charge waits for a confirm's, nor the other way round. */
    @Bean
    BillingGateway tossBillingGateway(
            RestClient.Builder builder,
            TossAccess access,
            TossProperties properties,
            TossQuota quota,
            CallRoom room,
            JsonMapper json) {
        HttpClient http = http(properties);
        RestClient.Builder counted = counted(toss(builder, access, quota), quota);
        return new TossBillingGateway(
                counted.clone()
                        .requestFactory(requests(http, properties.readTimeout()))
                        .build(),
                counted.clone()
                        .requestFactory(requests(http, properties.inquiryTimeout()))
                        .build(),
                new TossCalls(json, room));
    }

    /** Counted, and not asked for beforehand: a caller waits for most of them. */
    @Bean
    ReceiptGateway tossReceiptGateway(
            RestClient.Builder builder,
            TossAccess access,
            TossProperties properties,
            TossQuota quota,
            CallRoom room,
            JsonMapper json) {
        return new TossReceiptGateway(
                counted(toss(builder, access, quota), quota)
                        .requestFactory(requests(http(properties), properties.readTimeout()))
                        .build(),
                new TossCalls(json, room));
    }

    /** A few calls in an hour, which are counted and wait for nobody. */
    @Bean
    TossBooks tossBooks(
            RestClient.Builder builder,
            TossAccess access,
            TossProperties properties,
            TossQuota quota,
            JsonMapper json) {
        return new ListedTossBooks(
                counted(toss(builder, access, quota), quota)
                        .requestFactory(requests(http(properties), properties.readTimeout()))
                        .build(),
                json);
    }

    private static HttpClient http(TossProperties properties) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(properties.connectTimeout())
                // Who waits for the answer is a virtual thread too; from a plain one each step would have to wake it.
                .executor(Executors.newVirtualThreadPerTaskExecutor())
                .build();
    }

    private static RestClient.Builder toss(RestClient.Builder builder, TossAccess access, TossQuota quota) {
        return builder.clone()
                .baseUrl(access.baseUrl().toString())
                // The secret key is the user's name, and there is no password.
                .defaultHeaders(headers -> headers.setBasicAuth(access.secretKey(), ""))
                .requestInterceptor((request, body, call) -> noticed(quota, call.execute(request, body)));
    }

    /** Not asked for beforehand, as a question is: a confirm and what it has to know wait for nobody. */
    private static RestClient.Builder counted(RestClient.Builder toss, TossQuota quota) {
        return toss.clone().requestInterceptor((request, body, call) -> {
            quota.called();
            return call.execute(request, body);
        });
    }

    private static ClientHttpResponse noticed(TossQuota quota, ClientHttpResponse response) throws IOException {
        if (response.getStatusCode().isSameCodeAs(HttpStatus.TOO_MANY_REQUESTS)) {
            log.warn("Toss says that there were too many calls; questions and charges rest for a while");
            quota.turnedAway();
        }
        return response;
    }

    private static JdkClientHttpRequestFactory requests(HttpClient http, Duration readTimeout) {
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(http);
        requests.setReadTimeout(readTimeout);
        return requests;
    }
}
