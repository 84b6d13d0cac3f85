package dev.wonflow.sandbox.webhook.web;

import dev.wonflow.sandbox.assumption.Assumptions;
import dev.wonflow.sandbox.webhook.Webhook;
import dev.wonflow.sandbox.webhook.WebhookSender;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Posts webhooks as Toss does. */
@Component
class HttpWebhookSender implements WebhookSender, DisposableBean {

    private static final int ACCEPTED = 200;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Made when the first webhook is sent: a client reads all certificates of the machine, and a start can go without.
     */
    private final SingletonSupplier<HttpClient> http = SingletonSupplier.of(() -> client(threads));

    private final Duration timeout;
    private final boolean anySuccessAccepts;

    HttpWebhookSender(HttpWebhookSettings settings, Assumptions assumptions) {
        this.timeout = settings.webhookTimeout();
        this.anySuccessAccepts = assumptions.webhookAcceptedByAnySuccess();
    }

    /** Without a proxy and without following redirects: no address but the configured ones is ever called. */
    private static HttpClient client(ExecutorService threads) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .proxy(HttpClient.Builder.NO_PROXY)
                .followRedirects(HttpClient.Redirect.NEVER)
                .executor(threads)
                .build();
    }

    @Override
    public CompletableFuture<Result> send(URI url, Map<String, String> headers, String body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url).POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        headers.forEach(request::header);
        return CompletableFuture.supplyAsync(() -> sendNow(request.build()), threads);
    }

    private Result sendNow(HttpRequest request) {
        try {
            return send(request);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Result(Webhook.Outcome.UNREACHABLE, null);
        }
    }

    private Result send(HttpRequest request) throws InterruptedException {
        CompletableFuture<HttpResponse<Void>> answer =
                http.obtain().sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            // The client's own timeout stops watching once the headers are there; this one covers the whole answer.
            int status = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            return new Result(isAccepted(status) ? Webhook.Outcome.ACCEPTED : Webhook.Outcome.REFUSED, status);
        } catch (TimeoutException _) {
            answer.cancel(true);
            return new Result(Webhook.Outcome.TIMED_OUT, null);
        } catch (ExecutionException _) {
            return new Result(Webhook.Outcome.UNREACHABLE, null);
        }
    }

    private boolean isAccepted(int status) {
        return status == ACCEPTED || (anySuccessAccepts && status / 100 == 2);
    }

    @Override
    public void destroy() {
        threads.shutdownNow();
    }
}
