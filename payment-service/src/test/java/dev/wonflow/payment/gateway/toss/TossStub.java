package dev.wonflow.payment.gateway.toss;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.wonflow.payment.OrderId;
import dev.wonflow.payment.PaymentKey;
import dev.wonflow.payment.WebhookSecret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** As much of Toss as a test needs, over real HTTP: it takes money once per payment and does what it is told. */
public final class TossStub implements AutoCloseable {

    /** Of every account that is opened without a window. */
    public static final String ACCOUNT_NUMBER = "X7290412345678";

    private static final String ACCOUNTS = "/v1/virtual-accounts";
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final Map<String, ObjectNode> payments = new ConcurrentHashMap<>();
    private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
    private final BillingDesk billing = new BillingDesk(payments);
    private final ReceiptDesk receipts = new ReceiptDesk();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final Set<String> answeredCancels = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final Map<String, Done> openings = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * A call that came in.
     *
     * @param effect whether it moved money
     */
    public record Call(
            String method,
            String path,
            String orderId,
            String authorization,
            String idempotencyKey,
            String body,
            boolean effect) {}

    /** What goes wrong with one call about an order. */
    public sealed interface Fault {

        /** The call does its work, and the connection breaks before the answer. */
        record AnswerLost() implements Fault {}

        /** The connection breaks before anything is done. */
        record Reset() implements Fault {}

        /** An error of Toss; nothing is done. */
        record Refusal(int status, String code) implements Fault {}

        /** These bytes instead of an answer; nothing is done. */
        record Bytes(int status, String body) implements Fault {}

        /** The call does its work, and the answer comes late. */
        record Slow(Duration delay) implements Fault {}

        /** Nothing is done until the latch is free, and then {@code then} happens. */
        record Held(CountDownLatch until, Fault then) implements Fault {}

        /** The call does its work, and the answer comes once the latch is free. */
        record AnswerHeld(CountDownLatch until) implements Fault {}

        /** The call does its work, and the answer is bent. */
        record Bent(UnaryOperator<ObjectNode> bend) implements Fault {}
    }

    public TossStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** A payment the buyer has authenticated. */
    public PaymentKey authenticated(OrderId orderId, long amount) {
        PaymentKey key = new PaymentKey("wonfl" + orderId.value().substring(4) + payments.size());
        authenticated(key, orderId, amount);
        return key;
    }

    /** Money taken for the order under a key of its own, by somebody else who has the keys. */
    public PaymentKey captured(OrderId orderId, long amount) {
        PaymentKey key = authenticated(orderId, amount);
        change(key, payment -> payment.put("status", "DONE").put("approvedAt", "2026-01-05T12:40:10+09:00"));
        return key;
    }

    /** A payment the buyer has authenticated under this key. */
    public void authenticated(PaymentKey key, OrderId orderId, long amount) {
        ObjectNode payment = template();
        payment.put("paymentKey", key.value());
        payment.put("orderId", orderId.value());
        payment.put("totalAmount", amount);
        payment.put("balanceAmount", amount);
        payment.put("status", "IN_PROGRESS");
        payment.putNull("approvedAt");
        payment.putNull("secret");
        payments.put(key.value(), payment);
    }

    /** Changes a payment as Toss or its console would. */
    public void change(PaymentKey key, UnaryOperator<ObjectNode> change) {
        payments.compute(key.value(), (_, payment) -> change.apply(Objects.requireNonNull(payment)));
    }

    /** What Toss holds of the payment. */
    public long held(PaymentKey key) {
        return Objects.requireNonNull(payments.get(key.value()))
                .path("balanceAmount")
                .longValue();
    }

    public void status(PaymentKey key, String status) {
        change(key, payment -> payment.put("status", status));
    }

    public void forget(PaymentKey key) {
        payments.remove(key.value());
    }

    /** The next calls about an order or a paymentKey go wrong, one fault each. */
    public void next(Object id, Fault... inOrder) {
        faults.computeIfAbsent(id.toString(), _ -> new ConcurrentLinkedDeque<>())
                .addAll(List.of(inOrder));
    }

    public List<Call> calls(OrderId orderId) {
        return calls.stream()
                .filter(call -> call.orderId().equals(orderId.value()))
                .toList();
    }

    public List<Call> confirms(OrderId orderId) {
        return calls(orderId).stream()
                .filter(call -> call.path().endsWith("/confirm"))
                .toList();
    }

    public List<Call> cancels(OrderId orderId) {
        return calls(orderId).stream()
                .filter(call -> call.path().endsWith("/cancel"))
                .toList();
    }

    public List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Calls that charge a billing key for an order. */
    public List<Call> charges(OrderId orderId) {
        return calls(orderId).stream()
                .filter(call -> BillingDesk.isHere(call.path()))
                .toList();
    }

    /** A buyer agrees to be charged again and again. */
    public String agreed(String customerKey) {
        return billing.agreed(customerKey);
    }

    /** Toss forgets a billing key of its own accord. */
    public void forgetBillingKey(String billingKey) {
        billing.forget(billingKey);
    }

    /** The recorded payment object; with an unknown field, as Toss may add one any day. */
    public static ObjectNode template() {
        try (InputStream recorded = TossStub.class.getResourceAsStream("/toss/payment.json")) {
            return (ObjectNode) JSON.readTree(Objects.requireNonNull(recorded));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            String path = exchange.getRequestURI().getRawPath();
            if (BillingDesk.isHere(path)) {
                handleBilling(exchange, path, body);
                return;
            }
            if (ReceiptDesk.isHere(path)) {
                handleReceipt(exchange, path, body);
                return;
            }
            if (path.equals(ACCOUNTS)) {
                handleOpening(exchange, path, JSON.readTree(body));
                return;
            }
            ObjectNode payment = find(exchange.getRequestMethod(), path, body);
            String orderId = payment == null ? orderIdOf(path, body) : text(payment, "orderId");
            Fault fault = released(nextFault(orderId, payment == null ? "" : text(payment, "paymentKey")));
            boolean works =
                    !(fault instanceof Fault.Reset || fault instanceof Fault.Refusal || fault instanceof Fault.Bytes);
            Done done = works && payment != null
                    ? work(path, text(payment, "paymentKey"), body, header(exchange, "Idempotency-Key"))
                    : Done.NOTHING;
            calls.add(new Call(
                    exchange.getRequestMethod(),
                    path,
                    orderId,
                    header(exchange, "Authorization"),
                    header(exchange, "Idempotency-Key"),
                    body,
                    done.effect()));
            answer(
                    exchange,
                    fault == null ? done.refusal() : fault,
                    payment == null ? null : payments.get(text(payment, "paymentKey")));
        }
    }

    private void handleOpening(HttpExchange exchange, String path, JsonNode body) throws IOException {
        String orderId = text(body, "orderId");
        Fault fault = released(nextFault(orderId, ""));
        boolean works =
                !(fault instanceof Fault.Reset || fault instanceof Fault.Refusal || fault instanceof Fault.Bytes);
        Done done = works ? open(body, header(exchange, "Idempotency-Key")) : Done.NOTHING;
        calls.add(new Call(
                exchange.getRequestMethod(),
                path,
                orderId,
                header(exchange, "Authorization"),
                header(exchange, "Idempotency-Key"),
                body.toString(),
                done.effect()));
        answer(exchange, fault == null ? done.refusal() : fault, payments.get(accountKey(orderId)));
    }

    /** Opens an account: once for each key, and once for each order. */
    private synchronized Done open(JsonNode asked, String idempotencyKey) {
        Done before = openings.get(idempotencyKey);
        if (before != null) {
            return new Done(false, before.refusal());
        }
        String orderId = text(asked, "orderId");
        boolean taken = payments.values().stream()
                .anyMatch(payment -> text(payment, "orderId").equals(orderId)
                        && !text(payment, "status").equals("IN_PROGRESS"));
        Done done = taken ? Done.refused(400, "DUPLICATED_ORDER_ID") : Done.EFFECT;
        openings.put(idempotencyKey, done);
        if (!taken) {
            payments.put(accountKey(orderId), account(asked));
        }
        return done;
    }

    private static ObjectNode account(JsonNode asked) {
        String orderId = text(asked, "orderId");
        String key = accountKey(orderId);
        ObjectNode payment = template();
        payment.put("paymentKey", key)
                .put("orderId", orderId)
                .put("totalAmount", asked.path("amount").longValue())
                .put("balanceAmount", asked.path("amount").longValue())
                .put("status", "WAITING_FOR_DEPOSIT")
                .put("method", "가상계좌")
                .put("secret", secretOf(key))
                .putNull("approvedAt")
                .putNull("card");
        payment.putObject("virtualAccount")
                .put("accountType", "일반")
                .put("accountNumber", ACCOUNT_NUMBER)
                .put("bankCode", text(asked, "bank"))
                .put("customerName", text(asked, "customerName"))
                .put("dueDate", text(asked, "dueDate") + "+09:00")
                .put("expired", false)
                .put("settlementStatus", "INCOMPLETED")
                .put("refundStatus", "NONE")
                .putNull("refundReceiveAccount");
        return payment;
    }

    private static String accountKey(String orderId) {
        return "wonflva" + orderId.substring(4);
    }

    /** The payment of an order for which an account was opened without a window. */
    public static PaymentKey accountOf(OrderId orderId) {
        return new PaymentKey(accountKey(orderId.value()));
    }

    public List<Call> openings(OrderId orderId) {
        return calls(orderId).stream()
                .filter(call -> call.path().equals(ACCOUNTS))
                .toList();
    }

    private void handleBilling(HttpExchange exchange, String path, String body) throws IOException {
        String orderId = orderIdOf(path, body);
        Fault fault = released(nextFault(orderId, body.isEmpty() ? "" : text(JSON.readTree(body), "authKey")));
        boolean works =
                !(fault instanceof Fault.Reset || fault instanceof Fault.Refusal || fault instanceof Fault.Bytes);
        BillingDesk.Result result = works
                ? billing.work(exchange.getRequestMethod(), path, body, header(exchange, "Idempotency-Key"))
                : null;
        calls.add(new Call(
                exchange.getRequestMethod(),
                path,
                orderId,
                header(exchange, "Authorization"),
                header(exchange, "Idempotency-Key"),
                body,
                result != null && result.effect()));
        if (result != null && fault == null && result.refusal() == null && result.answer() == null) {
            send(exchange, 200, "");
        } else {
            answer(
                    exchange,
                    fault == null && result != null ? result.refusal() : fault,
                    result == null ? null : result.answer());
        }
    }

    private void handleReceipt(HttpExchange exchange, String path, String body) throws IOException {
        String orderId = receipts.orderOf(path, body);
        boolean asks = exchange.getRequestMethod().equals("POST");
        Fault fault = released(asks ? nextFault("receipt of " + orderId, "") : null);
        boolean works =
                !(fault instanceof Fault.Reset || fault instanceof Fault.Refusal || fault instanceof Fault.Bytes);
        ReceiptDesk.Result result = works
                ? receipts.work(
                        exchange.getRequestMethod(),
                        path,
                        Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), ""),
                        body,
                        header(exchange, "Idempotency-Key"))
                : null;
        calls.add(new Call(
                exchange.getRequestMethod(),
                path,
                orderId,
                header(exchange, "Authorization"),
                header(exchange, "Idempotency-Key"),
                body,
                result != null && result.effect()));
        answer(
                exchange,
                fault == null && result != null ? result.refusal() : fault,
                result == null ? null : result.answer());
    }

    /** The next calls for the cash receipt of an order go wrong, one fault each. */
    public void nextReceipt(OrderId orderId, Fault... inOrder) {
        next("receipt of " + orderId, inOrder);
    }

    /** Calls that ask for cash receipts of an order, or take them back. */
    public List<Call> receiptCalls(OrderId orderId) {
        return calls(orderId).stream()
                .filter(call -> ReceiptDesk.isHere(call.path()))
                .toList();
    }

    /** What the tax office was asked for an order on its own: kind and amount, oldest first. */
    public List<String> receipts(OrderId orderId) {
        return receipts.of(orderId.value());
    }

    /** Changes the receipts of an order as the tax office does. */
    public void changeReceipts(OrderId orderId, Consumer<ObjectNode> change) {
        receipts.change(orderId.value(), change);
    }

    private void answer(HttpExchange exchange, @Nullable Fault fault, @Nullable ObjectNode payment) throws IOException {
        switch (fault) {
            // Closing without an answer breaks the connection.
            case Fault.AnswerLost _, Fault.Reset _ -> {}
            case Fault.AnswerHeld(CountDownLatch until) -> {
                awaitRelease(until);
                sendPayment(exchange, payment);
            }
            case Fault.Held(var _, Fault then) -> answer(exchange, then, payment);
            case Fault.Refusal(int status, String code) -> send(exchange, status, error(code));
            case Fault.Bytes(int status, String bytes) -> send(exchange, status, bytes);
            case Fault.Slow(Duration delay) -> {
                await(delay);
                sendPayment(exchange, payment);
            }
            case Fault.Bent(var bend) -> sendPayment(exchange, payment == null ? null : bend.apply(payment.deepCopy()));
            case null -> sendPayment(exchange, payment);
        }
    }

    private static @Nullable Fault released(@Nullable Fault fault) {
        if (!(fault instanceof Fault.Held(CountDownLatch until, Fault then))) {
            return fault;
        }
        awaitRelease(until);
        return then;
    }

    private static void awaitRelease(CountDownLatch until) {
        try {
            if (!until.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("a call was held and never released");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void await(Duration delay) {
        try {
            closing.await(delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sendPayment(HttpExchange exchange, @Nullable ObjectNode payment) throws IOException {
        if (payment == null) {
            send(exchange, 404, error("NOT_FOUND_PAYMENT"));
        } else {
            send(exchange, 200, payment.toString());
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json;charset=UTF-8");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** What a call did. */
    private record Done(boolean effect, Fault.@Nullable Refusal refusal) {

        private static final Done NOTHING = new Done(false, null);
        private static final Done EFFECT = new Done(true, null);

        private static Done refused(int status, String code) {
            return new Done(false, new Fault.Refusal(status, code));
        }
    }

    private Done work(String path, String key, String body, String idempotencyKey) {
        if (path.endsWith("/cancel")) {
            return cancel(key, JSON.readTree(body), idempotencyKey);
        }
        return path.endsWith("/confirm") && approve(key) ? Done.EFFECT : Done.NOTHING;
    }

    /** Closes an account that waits, or gives money back: once for each key. */
    private Done cancel(String key, JsonNode asked, String idempotencyKey) {
        AtomicReference<Done> done = new AtomicReference<>(Done.NOTHING);
        payments.computeIfPresent(key, (_, payment) -> {
            if (text(payment, "status").equals("WAITING_FOR_DEPOSIT")) {
                done.set(Done.EFFECT);
                return payment.deepCopy().put("status", "CANCELED").put("balanceAmount", 0);
            }
            if (payment.path("approvedAt").isNull() || answeredCancels.contains(idempotencyKey)) {
                return payment;
            }
            Done found = refusal(payment, asked);
            done.set(found);
            if (!found.effect()) {
                return payment;
            }
            answeredCancels.add(idempotencyKey);
            long balance = payment.path("balanceAmount").longValue();
            return cancelled(payment, asked.path("cancelAmount").longValue(balance), text(asked, "cancelReason"));
        });
        return done.get();
    }

    private static Done refusal(ObjectNode payment, JsonNode asked) {
        long balance = payment.path("balanceAmount").longValue();
        if (text(payment, "status").equals("CANCELED")) {
            return Done.refused(400, "ALREADY_CANCELED_PAYMENT");
        }
        if (asked.path("refundableAmount").longValue(balance) != balance) {
            return Done.refused(400, "NOT_MATCHES_REFUNDABLE_AMOUNT");
        }
        if (balance == 0 || asked.path("cancelAmount").longValue(balance) > balance) {
            return Done.refused(403, "NOT_CANCELABLE_AMOUNT");
        }
        boolean deposit = payment.path("virtualAccount").isObject();
        return deposit && !asked.path("refundReceiveAccount").isObject()
                ? Done.refused(400, "INVALID_REFUND_ACCOUNT_INFO")
                : Done.EFFECT;
    }

    /** Gives money back as someone does in Toss's console. */
    public void cancelInConsole(PaymentKey key, long amount) {
        change(key, payment -> cancelled(payment, amount, "콘솔에서 취소"));
    }

    private ObjectNode cancelled(ObjectNode before, long amount, String reason) {
        ObjectNode payment = before.deepCopy();
        long left = payment.path("balanceAmount").longValue() - amount;
        boolean atOnce = amount == payment.path("totalAmount").longValue();
        payment.put("status", atOnce ? "CANCELED" : "PARTIAL_CANCELED").put("balanceAmount", left);
        String transactionKey = "txrd_c%024d".formatted(cancelled.incrementAndGet());
        payment.put("lastTransactionKey", transactionKey);
        if (payment.path("virtualAccount") instanceof ObjectNode account) {
            account.put("refundStatus", "PENDING");
        }
        ArrayNode cancels =
                payment.path("cancels") instanceof ArrayNode earlier ? earlier : payment.putArray("cancels");
        cancels.addObject()
                .put("transactionKey", transactionKey)
                .put("cancelAmount", amount)
                .put("refundableAmount", left)
                .put("cancelReason", reason)
                .put("cancelStatus", "DONE")
                .put("canceledAt", "2026-01-06T12:00:00+09:00");
        return payment;
    }

    /** What webhooks about the payment carry, as far as a test does not give it another. */
    public static WebhookSecret secretOf(PaymentKey key) {
        return new WebhookSecret(secretOf(key.value()));
    }

    private static String secretOf(String key) {
        return "ps_%028x".formatted(key.hashCode());
    }

    /** Repeating a confirm is answered with the payment, as under the same idempotency key. */
    private boolean approve(String key) {
        boolean[] effect = new boolean[1];
        payments.computeIfPresent(key, (_, payment) -> {
            if (!text(payment, "status").equals("IN_PROGRESS")) {
                return payment;
            }
            effect[0] = true;
            ObjectNode approved = payment.deepCopy();
            approved.put("status", "DONE");
            approved.put("approvedAt", "2026-01-05T12:00:32+09:00");
            approved.put("secret", secretOf(key));
            return approved;
        });
        return effect[0];
    }

    private @Nullable ObjectNode find(String method, String path, String body) {
        if (path.endsWith("/cancel")) {
            String account = path.substring(0, path.length() - "/cancel".length());
            return payments.get(account.substring(account.lastIndexOf('/') + 1));
        }
        if (method.equals("POST")) {
            return payments.get(text(JSON.readTree(body), "paymentKey"));
        }
        String last = URLDecoder.decode(path.substring(path.lastIndexOf('/') + 1), StandardCharsets.UTF_8);
        return path.startsWith("/v1/payments/orders/")
                ? payments.values().stream()
                        .filter(payment -> text(payment, "orderId").equals(last))
                        .min(Comparator.comparingInt(TossStub::rank))
                        .orElse(null)
                : payments.get(last);
    }

    /** Of an order's payments the one money has come for, else one that has been confirmed or opened. */
    private static int rank(ObjectNode payment) {
        return switch (text(payment, "status")) {
            case "DONE" -> 0;
            case "IN_PROGRESS" -> 2;
            default -> 1;
        };
    }

    private static String orderIdOf(String path, String body) {
        return body.isEmpty() ? path.substring(path.lastIndexOf('/') + 1) : text(JSON.readTree(body), "orderId");
    }

    private @Nullable Fault nextFault(String orderId, String key) {
        Deque<Fault> ofOrder = faults.getOrDefault(orderId, new ConcurrentLinkedDeque<>());
        Fault fault = ofOrder.poll();
        return fault != null
                ? fault
                : faults.getOrDefault(key, new ConcurrentLinkedDeque<>()).poll();
    }

    private static String error(String code) {
        return "{\"code\":\"" + code + "\",\"message\":\"다시 시도해주세요.\"}";
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).stringValue("");
    }

    private static String header(HttpExchange exchange, String name) {
        return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
    }
}
