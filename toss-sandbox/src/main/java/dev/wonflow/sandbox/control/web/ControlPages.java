package dev.wonflow.sandbox.control.web;

import dev.wonflow.sandbox.billing.BillingKeys;
import dev.wonflow.sandbox.call.Call;
import dev.wonflow.sandbox.call.Calls;
import dev.wonflow.sandbox.clock.SandboxClock;
import dev.wonflow.sandbox.error.TossError;
import dev.wonflow.sandbox.fault.Fault;
import dev.wonflow.sandbox.fault.FaultProfile;
import dev.wonflow.sandbox.fault.Faults;
import dev.wonflow.sandbox.merchant.Merchants;
import dev.wonflow.sandbox.payment.ExpirePayments;
import dev.wonflow.sandbox.payment.Payment;
import dev.wonflow.sandbox.payment.PaymentStatus;
import dev.wonflow.sandbox.payment.Payments;
import dev.wonflow.sandbox.payment.web.PaymentJson;
import dev.wonflow.sandbox.state.Snapshots;
import dev.wonflow.sandbox.trigger.Trigger;
import dev.wonflow.sandbox.webhook.Endpoints;
import dev.wonflow.sandbox.webhook.Webhook;
import dev.wonflow.sandbox.webhook.Webhooks;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import tools.jackson.databind.json.JsonMapper;

/** The control page: what is in the sandbox now. Its buttons call the control API, and Toss's own. */
@Controller
class ControlPages {

    /** More than one payment has; the whole log is a page of its own. */
    private static final int CALLS_SHOWN = 100;

    private static final int FAULTS_SHOWN = 100;

    private static final int WEBHOOKS_OF_A_ROW = 4;

    private static final List<Place> PLACES = List.of(
            new Place("payments", "/", "control.payments"),
            new Place("webhooks", "/webhooks", "control.webhooks"),
            new Place("faults", "/faults", "control.faults"),
            new Place("clock", "/clock", "control.clock"),
            new Place("billing", "/billing-keys", "control.billing"));

    private final Payments payments;
    private final ExpirePayments expirePayments;
    private final PaymentJson paymentJson;
    private final Webhooks webhooks;
    private final Endpoints endpoints;
    private final Calls calls;
    private final BillingKeys billingKeys;
    private final Faults faults;
    private final Snapshots snapshots;
    private final Merchants merchants;
    private final SandboxClock clock;
    private final JsonMapper json;

    ControlPages(
            Payments payments,
            ExpirePayments expirePayments,
            PaymentJson paymentJson,
            Webhooks webhooks,
            Endpoints endpoints,
            Calls calls,
            BillingKeys billingKeys,
            Faults faults,
            Snapshots snapshots,
            Merchants merchants,
            SandboxClock clock,
            JsonMapper json) {
        this.payments = payments;
        this.expirePayments = expirePayments;
        this.paymentJson = paymentJson;
        this.webhooks = webhooks;
        this.endpoints = endpoints;
        this.calls = calls;
        this.billingKeys = billingKeys;
        this.faults = faults;
        this.snapshots = snapshots;
        this.merchants = merchants;
        this.clock = clock;
        this.json = json;
    }

    /**
     * One entry of the bar at the top.
     *
     * @param label name of its message
     */
    record Place(String name, String path, String label) {}

    @GetMapping("/")
    ModelAndView payments(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String status,
            @RequestParam(defaultValue = "0") int page,
            Locale locale,
            HttpServletResponse response) {
        Predicate<Payment> wanted = payment -> contains(q, payment.orderId(), payment.paymentKey())
                && (status.isEmpty() || payment.status().name().equals(status));
        Listing<Payment> found = Listing.of(payments.newestFirst().filter(wanted), page);
        Map<String, List<WebhookRow>> byPayment = rowsOf(found.rows());
        ModelAndView shown = page("control/payments", locale, response);
        shown.addObject(
                "list",
                new Listing<>(
                        found.rows().stream()
                                .map(payment ->
                                        PaymentRow.of(payment, byPayment.getOrDefault(payment.paymentKey(), List.of())))
                                .toList(),
                        found.page(),
                        found.more()));
        shown.addObject("q", q);
        shown.addObject("status", status);
        shown.addObject("statuses", PaymentStatus.values());
        shown.addObject("triggers", Trigger.values());
        shown.addObject("keys", merchants.all());
        shown.addObject(
                "base",
                ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString());
        return shown;
    }

    private Map<String, List<WebhookRow>> rowsOf(List<Payment> listed) {
        Map<String, List<WebhookRow>> byPayment = listed.stream()
                .map(Payment::paymentKey)
                .collect(Collectors.toMap(key -> key, _ -> List.of(), (one, _) -> one));
        webhooks.all(webhook -> webhook.paymentKey() != null && byPayment.containsKey(webhook.paymentKey())).stream()
                .collect(Collectors.groupingBy(webhook -> String.valueOf(webhook.paymentKey())))
                .forEach((key, of) -> byPayment.put(
                        key,
                        of.reversed().stream()
                                .limit(WEBHOOKS_OF_A_ROW)
                                .map(WebhookRow::of)
                                .toList()));
        return byPayment;
    }

    @GetMapping("/payments/{paymentKey}")
    ModelAndView payment(@PathVariable String paymentKey, Locale locale, HttpServletResponse response) {
        Optional<Payment> found = expirePayments.ifDue(paymentKey);
        if (found.isEmpty()) {
            ModelAndView unknown = page("control/unknown", locale, response);
            unknown.setStatus(HttpStatus.NOT_FOUND);
            return unknown;
        }
        Payment payment = found.get();
        ModelAndView shown = page("control/payment", locale, response);
        shown.addObject("payment", PaymentRow.of(payment, List.of()));
        shown.addObject("can", Possible.with(payment, clock.instant()));
        shown.addObject("secretKey", payment.session().openedWith().secretKey());
        shown.addObject("confirmBody", confirmBody(payment));
        shown.addObject("codes", TossError.values());
        shown.addObject(
                "webhooks",
                webhooks.all(webhook -> paymentKey.equals(webhook.paymentKey())).reversed().stream()
                        .limit(Listing.ROWS)
                        .map(WebhookRow::of)
                        .toList());
        shown.addObject("calls", callsAbout(payment));
        shown.addObject("json", pretty(paymentJson.write(payment, locale)));
        return shown;
    }

    /** A call as the page shows it. */
    record CallRow(
            String at,
            String method,
            String path,
            int status,
            boolean effect,
            boolean replay,
            boolean answerLost,
            @Nullable String idempotencyKey) {

        static CallRow of(Call call) {
            return new CallRow(
                    Show.shortTime(call.at()),
                    call.method(),
                    call.path(),
                    call.status(),
                    call.effect(),
                    call.replay(),
                    call.answerLost(),
                    call.idempotencyKey());
        }
    }

    private List<CallRow> callsAbout(Payment payment) {
        return calls.about(payment.orderId()).reversed().stream()
                .limit(CALLS_SHOWN)
                .map(CallRow::of)
                .toList();
    }

    private String confirmBody(Payment payment) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("paymentKey", payment.paymentKey());
        body.put("orderId", payment.orderId());
        body.put("amount", payment.session().currency().number(payment.session().amountMinor()));
        return json.writeValueAsString(body);
    }

    private String pretty(byte[] object) {
        return json.writerWithDefaultPrettyPrinter().writeValueAsString(json.readTree(object));
    }

    @GetMapping("/webhooks")
    ModelAndView webhooks(
            @RequestParam(defaultValue = "") String q,
            @RequestParam(defaultValue = "") String status,
            @RequestParam(defaultValue = "0") int page,
            Locale locale,
            HttpServletResponse response) {
        Predicate<Webhook> wanted = webhook ->
                contains(q, webhook.orderId(), webhook.paymentKey(), webhook.eventName(), String.valueOf(webhook.url()))
                        && (status.isEmpty() || webhook.status().name().equals(status));
        ModelAndView shown = page("control/webhooks", locale, response);
        shown.addObject(
                "list", Listing.of(webhooks.all(wanted).reversed().stream().map(WebhookRow::of), page));
        shown.addObject("q", q);
        shown.addObject("status", status);
        shown.addObject("statuses", Webhook.Status.values());
        shown.addObject("receivers", endpoints.all());
        return shown;
    }

    @GetMapping("/faults")
    ModelAndView faults(Locale locale, HttpServletResponse response) {
        ModelAndView shown = page("control/faults", locale, response);
        shown.addObject(
                "faults",
                faults.armed().stream().limit(FAULTS_SHOWN).map(FaultRow::of).toList());
        shown.addObject("kinds", Fault.Kind.values());
        shown.addObject("operations", Fault.Operation.values());
        shown.addObject("codes", TossError.values());
        shown.addObject("profiles", FaultProfile.values());
        return shown;
    }

    @GetMapping("/clock")
    ModelAndView clock(Locale locale, HttpServletResponse response) {
        ModelAndView shown = page("control/clock", locale, response);
        shown.addObject("ahead", clock.ahead().isZero() ? null : Show.amount(clock.ahead()));
        shown.addObject(
                "snapshots",
                snapshots.all().reversed().stream()
                        .limit(Listing.ROWS)
                        .map(SnapshotRow::of)
                        .toList());
        return shown;
    }

    /** A snapshot as the page shows it. */
    record SnapshotRow(String id, String at) {

        static SnapshotRow of(Snapshots.Snapshot snapshot) {
            return new SnapshotRow(snapshot.id(), Show.time(snapshot.copy().at()));
        }
    }

    @GetMapping("/billing-keys")
    ModelAndView billingKeys(Locale locale, HttpServletResponse response) {
        ModelAndView shown = page("control/billing", locale, response);
        shown.addObject(
                "keys",
                billingKeys.newest(Listing.ROWS).stream().map(BillingRow::of).toList());
        return shown;
    }

    /** What every page has: the bar, the time, and a policy that lets nothing in from elsewhere. */
    private ModelAndView page(String template, Locale locale, HttpServletResponse response) {
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:;"
                        + " base-uri 'none'; form-action 'self'; frame-ancestors 'none'");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Cache-Control", "no-store");
        boolean korean = locale.getLanguage().equals(Locale.KOREAN.getLanguage());
        ModelAndView page = new ModelAndView(template);
        page.addObject("places", PLACES);
        page.addObject("lang", korean ? "ko" : "en");
        page.addObject("otherLang", korean ? "en" : "ko");
        page.addObject("now", Show.time(clock.instant()));
        return page;
    }

    private static boolean contains(String part, @Nullable String... texts) {
        String wanted = part.strip().toLowerCase(Locale.ROOT);
        return wanted.isEmpty()
                || Arrays.stream(texts)
                        .anyMatch(text ->
                                text != null && text.toLowerCase(Locale.ROOT).contains(wanted));
    }
}
