package dev.wonflow.sandbox.window.web;

import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.Payments;
import dev.wonflow.sandbox.webhook.Webhook;
import dev.wonflow.sandbox.webhook.Webhooks;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.ModelAndView;

/** The start page: what happened lately. */
@Controller
class StartController {

    private static final int SHOWN = 50;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(SandboxClock.SEOUL);

    private final Payments payments;
    private final Webhooks webhooks;
    private final Clock clock;

    StartController(Payments payments, Webhooks webhooks, Clock clock) {
        this.payments = payments;
        this.webhooks = webhooks;
        this.clock = clock;
    }

    /** One line of the page. */
    record Row(Payment payment, String requestedAt, List<Webhook> webhooks) {}

    @GetMapping("/")
    ModelAndView start() {
        Map<String, List<Webhook>> byPayment =
                webhooks.about(null).stream().collect(Collectors.groupingBy(Webhook::paymentKey));
        List<Row> rows = payments.newest(SHOWN).stream()
                .map(payment -> new Row(
                        payment,
                        time(payment.session().requestedAt()),
                        byPayment.getOrDefault(payment.paymentKey(), List.of())))
                .toList();
        ModelAndView page = new ModelAndView("start");
        page.addObject("rows", rows);
        page.addObject("now", time(clock.instant()));
        return page;
    }

    private static String time(Instant instant) {
        return TIME.format(instant);
    }
}
