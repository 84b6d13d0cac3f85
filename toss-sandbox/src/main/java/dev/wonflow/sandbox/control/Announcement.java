package dev.wonflow.sandbox.control;

import dev.wonflow.sandbox.merchant.KeyPair;
import dev.wonflow.sandbox.merchant.Merchants;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Prints what is needed after starting a sandbox by hand. */
@Component
class Announcement {

    private final ControlSettings settings;
    private final Merchants merchants;
    private final Environment environment;

    Announcement(ControlSettings settings, Merchants merchants, Environment environment) {
        this.settings = settings;
        this.merchants = merchants;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void announce() {
        if (settings.announce()) {
            System.out.println(text());
        }
    }

    /** These keys open nothing but this sandbox, so they may be shown. */
    private String text() {
        String root = (isEncrypted() ? "https" : "http") + "://127.0.0.1:"
                + environment.getProperty("local.server.port", "18080");
        StringBuilder text = new StringBuilder("""
                A local Toss is ready.

                  base URL      %s   instead of https://api.tosspayments.com
                  SDK           %s/v2/standard
                  control page  %s/
                """.formatted(root, root, root));
        for (KeyPair pair : merchants.all()) {
            text.append("  secret key    ").append(pair.secretKey()).append('\n');
            text.append("  client key    ").append(pair.clientKey()).append('\n');
        }
        if (merchants.knowsDocumented()) {
            text.append("                and the keys in the examples of Toss's documentation\n");
        }
        List<String> receivers = Binder.get(environment)
                .bind("wonflow.sandbox.webhook-urls", Bindable.listOf(String.class))
                .orElse(List.of());
        text.append("  webhooks to   ")
                .append(
                        receivers.isEmpty()
                                ? "nobody; --webhook-url URL names a receiver"
                                : String.join(", ", receivers))
                .append("\n\n  Ctrl-C stops it.\n");
        return text.toString();
    }

    private boolean isEncrypted() {
        return Stream.of("certificate", "key-store", "bundle")
                .anyMatch(source -> environment.containsProperty("server.ssl." + source));
    }
}
